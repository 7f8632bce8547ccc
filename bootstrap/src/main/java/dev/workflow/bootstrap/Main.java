package dev.workflow.bootstrap;

/** Starts the service, and ends it when the process is told to end, be it during the start. */
final class Main {
    private Main() {}

    public static void main(String[] args) {
        try {
            Settings settings = Settings.from(System.getenv()); // sets logging up, before any class asks for a logger
            Launch launch = new Launch(settings);
            if (closesAtTheEnd(launch)) {
                launch.run(service -> Logging.greet(service.greeting()));
            }
        } catch (StartFailure e) {
            System.err.println("workflow: " + e.getMessage());
            System.exit(1);
        }
    }

    /** @return false when the process is ending already */
    private static boolean closesAtTheEnd(Launch launch) {
        try {
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("drain").unstarted(launch::close));
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
