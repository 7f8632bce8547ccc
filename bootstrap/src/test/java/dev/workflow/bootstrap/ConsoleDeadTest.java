package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The dead letters in the console, and their way back. */
final class ConsoleDeadTest extends OnBrowserTest {
    @Override
    Map<String, String> settings() {
        return Map.of("WORKFLOW_MAX_ATTEMPTS", "1");
    }

    @Test
    void theDeadAreBroughtBack() {
        kill(3);
        show("#/dead");
        browser.sees("3 workflows.");
        browser.sees("too bad <b>");
        // what WCAG 2.2 asks of targets
        browser.awaits("document.querySelector('#dead tbody input').offsetHeight >= 24");
        browser.run("document.querySelector('#dead tbody input').click()");
        browser.press("Redrive selected");
        browser.sees("1 workflow put back in the queue.");
        browser.awaits("document.querySelectorAll('#dead tbody tr').length === 2");
        browser.awaits("document.querySelector('#dead button').disabled");
        browser.run("window.confirm = question => { document.title = question; return false; }");
        browser.press("Redrive all");
        browser.awaits("document.title.startsWith('Put all dead workflows back')");
        assertThat(client.get("/workflow/stats").body()).contains("\"dead\":2");
        browser.run("window.confirm = () => true");
        browser.press("Redrive all");
        browser.sees("2 workflows put back in the queue.");
        assertThat(client.get("/workflow/dead").body()).isEqualTo("[]");
        show("#/dead");
        browser.sees("There are none.");
    }

    @Test
    void redrivingStaysOnItsPageAndIsNeverDoneToAllByChance() {
        kill(27);
        show("#/dead");
        browser.sees("25 workflows, and more on the next page.");
        browser.run("document.querySelector('#dead tbody input').focus();"
                + "window.confirm = question => { document.title = question; return true; }");
        browser.strike("Enter", 13);
        assertThat(browser.value("document.title")).doesNotStartWith("Put all");
        browser.run("document.querySelector('#dead tbody input').click()");
        browser.press("Next page");
        browser.sees("2 workflows.");
        assertThat(browser.value("document.querySelector('#dead button').disabled"))
                .isEqualTo("true");

        browser.run("document.querySelector('#dead tbody input').click()");
        browser.press("Redrive selected");
        browser.sees("1 workflow put back in the queue.");
        browser.awaits("document.querySelectorAll('#dead tbody tr').length === 1");
        browser.awaits("document.activeElement.tagName === 'H1'");
        browser.press("First page");
        browser.sees("25 workflows");
        browser.press("Redrive all");
        browser.sees("26 workflows put back in the queue.");
        browser.awaits("!document.querySelector('#dead button').checkVisibility()");
    }

    @Test
    void aLinkToThemReadsThemAgain() {
        show("#/dead");
        browser.sees("There are none.");
        kill(1);
        browser.press("Dead letters");
        browser.sees("1 workflow.");
        client.post("/workflow/dead/redrive", "{\"all\":true}");
    }

    @Test
    void oneIsBroughtBackWhereItIsShown() {
        kill(1);
        String list = client.get("/workflow/dead").body();
        String id = list.substring(list.indexOf("\"UUID\":\"") + 8).substring(0, 36);
        show("#/workflow/" + id);
        browser.sees("too bad <b>");
        browser.run("document.getElementById('redrive').focus()");
        browser.press("Redrive");
        browser.sees("It is back in the queue");
        browser.awaits("!document.getElementById('redrive').checkVisibility()");
        browser.awaits("document.activeElement.tagName === 'H1'");
        assertThat(client.get("/workflow/dead").body()).isEqualTo("[]");
        browser.press("Mark consumed");
        browser.sees("It is consumed now.");
        assertThat(browser.value("document.getElementById('redrive').checkVisibility()"))
                .isEqualTo("false");
    }

    private void kill(int wanted) {
        for (int dead = 0; dead < wanted; dead++) {
            client.post("/workflow", "{\"data\":1}");
            var taken = client.get("/workflow/consume?lease=60&wait=20");
            client.post(
                    "/workflow/delivery/" + Client.header(taken, "Workflow-Delivery") + "/nack",
                    "{\"error\":\"too bad <b>\"}");
        }
    }
}
