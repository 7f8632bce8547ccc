package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The console where a key is needed. */
final class ConsoleKeysTest extends OnBrowserTest {
    /** SHA-256 of "secret" and of "ключ". */
    private static final String KEYS = "me:admin:2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b,"
            + "guest:viewer:1de36a32af798da0c1ac9297603a320ed8fe567cf21c9177112a4ce914ebb8be";

    @Override
    Map<String, String> settings() {
        return Map.of("WORKFLOW_API_KEYS", KEYS);
    }

    @Test
    void keysAreAskedForAndUsed() {
        String id = id(
                client.post("/workflow", "{\"data\":1}", "X-API-Key", "secret").body());
        show("#/workflow/" + id);
        browser.sees("Enter a key at the top of this page.");
        useKey("guessed");
        browser.sees("not known here");
        useKey("ключ");
        browser.press("Mark consumed");
        browser.sees("has the role viewer; this needs admin");
        browser.press("Forget it");
        useKey("secret");
        assertThat(browser.value("document.querySelector('#key input').checkVisibility()"))
                .isEqualTo("false");
        browser.press("Mark consumed");
        browser.sees("It is consumed now.");
        assertThat(browser.value("location.href")).isEqualTo(service.uri() + "/console#/workflow/" + id);
        assertThat(browser.value("localStorage.length + document.cookie")).isEqualTo("0");
        browser.press("Forget it");
        browser.sees("No valid key");
        service.close();
        browser.press("Workflows");
        browser.sees("It is away, or cannot be reached from here.");
    }

    /** Whoever has no mouse would begin at the top of the page again. */
    @Test
    void theFocusStaysNearWhenWhatWasPressedGoes() {
        client.post("/workflow", "{\"data\":1}", "X-API-Key", "secret");
        show("#/workflows");
        browser.sees("Enter a key at the top of this page.");
        enterKey("guessed");
        browser.sees("not known here");
        browser.awaits("document.activeElement.tagName === 'H1'");
        enterKey("secret");
        browser.awaits("document.querySelector('#workflows tbody tr') !== null");
        browser.awaits("document.activeElement.tagName === 'H1'");
        browser.press("Forget it");
        browser.awaits("document.activeElement.type === 'password'");
        browser.sees("No valid key");
    }

    private void enterKey(String key) {
        browser.fill("API key", key);
        browser.strike("Enter", 13);
    }

    private void useKey(String key) {
        browser.fill("API key", key);
        browser.press("Use this key");
        browser.awaits("document.querySelector('#key input').value === ''");
        browser.awaits("document.querySelector('[aria-busy=true]') === null");
    }
}
