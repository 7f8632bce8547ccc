package dev.workflow.bootstrap;

/** Starts the service, and ends it when the process is told to end. */
final class Main {
    private Main() {}

    public static void main(String[] args) {
        try {
            Service service = Service.start(Settings.from(System.getenv()));
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("drain").unstarted(service::close));
            System.out.print(service.greeting());
        } catch (StartFailure e) {
            System.err.println("workflow: " + e.getMessage());
            System.exit(1);
        }
    }
}
