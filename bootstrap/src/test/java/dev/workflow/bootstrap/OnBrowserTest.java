package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The whole service, and a browser that shows its console. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnBrowserTest {
    static final Pattern UUID = Pattern.compile("\"UUID\":\"([0-9a-f-]{36})\"");
    private static final String WITHOUT_BROWSER =
            "The console is not tried: there is no Chromium on the PATH, and WORKFLOW_REQUIRE_CHROMIUM is not set.";

    EmbeddedPostgres postgres;
    Service service;
    Client client;
    Browser browser;

    @BeforeAll
    void start() {
        if (!Browser.isWanted()) {
            System.out.println(WITHOUT_BROWSER);
        }
        assumeTrue(Browser.isWanted(), WITHOUT_BROWSER);
        browser = Browser.start();
        postgres = Servers.durablePostgres();
        service = Servers.start(postgres, settings());
        client = new Client(service);
    }

    Map<String, String> settings() {
        return Map.of();
    }

    @AfterAll
    void stop() throws Exception {
        if (browser != null) {
            browser.close();
            service.close();
            postgres.close();
        }
    }

    @BeforeEach
    void open() {
        show("");
    }

    @AfterEach
    void nothingWasForbiddenAndNothingFailed() {
        List<String> faults = List.copyOf(browser.faults());
        browser.faults().clear();
        assertThat(faults).isEmpty();
    }

    void show(String hash) {
        browser.open(service.uri() + "/console" + hash);
    }

    /** Another view has controls of much the same names. */
    void goTo(String link, String section) {
        browser.press(link);
        browser.awaits("!document.getElementById('" + section + "').hidden");
    }

    String submit(String body) {
        return id(client.post("/workflow", body).body());
    }

    static String id(String body) {
        Matcher matcher = UUID.matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return matcher.group(1);
    }
}
