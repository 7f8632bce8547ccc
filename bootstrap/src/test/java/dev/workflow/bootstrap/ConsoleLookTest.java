package dev.workflow.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the console shows what it shows, on any screen and to whoever reads it by other means. */
final class ConsoleLookTest extends OnBrowserTest {
    /** While the age of the oldest grows, nothing below it moves. */
    @ParameterizedTest
    @ValueSource(ints = {360, 768, 1280})
    void anAgeHasOneLine(int width) {
        browser.onScreen(width, () -> {
            String height = "document.querySelector('#numbers dl').offsetHeight";
            browser.run("window.fetch = async () => Response.json({waiting: 88888888, oldest_age_seconds: 3599});"
                    + "document.dispatchEvent(new Event('visibilitychange'))");
            browser.sees("59 min 59 s");
            assertThat(browser.value("[...document.querySelectorAll('#numbers div')]"
                            + ".filter(each => each.scrollWidth > each.clientWidth).length"))
                    .isEqualTo("0");
            String high = browser.value(height);
            browser.run("document.querySelectorAll('#numbers dd').forEach(each => each.textContent = '1')");
            assertThat(browser.value(height)).isEqualTo(high);
        });
    }

    @Test
    void dataOfOneLongLineIsReadWithoutMovingAside() {
        String id = submit("{\"data\":\"" + "x".repeat(100_000) + "\"}");
        show("#/workflow/" + id);
        browser.awaits("document.getElementById('data').clientWidth > 0");
        assertThat(browser.value("document.getElementById('data').scrollWidth"
                        + " - document.getElementById('data').clientWidth"))
                .isEqualTo("0");
    }

    @Test
    void whatCannotBeSeenIsSpelledOut() {
        String id = submit("{\"data\":1,\"steps\":[\"\\u202egpj.exe\", \" \", \"a\\u200bb\", \"👩\\u200d🚀\"]}");
        show("#/workflow/" + id);
        browser.sees("U+202Egpj.exe");
        assertThat(browser.value("[...document.querySelectorAll('#workflow li')].map(each => each.textContent)"))
                .isEqualTo("U+202Egpj.exe,U+0020,aU+200Bb,👩\u200d🚀");
        show("");
        browser.sees("U+202Egpj.exe → U+0020 → aU+200Bb → 👩\u200d🚀");
    }

    @Test
    void longTextsLeaveRoomForTheNextRow() {
        submit("{\"data\":1,\"steps\":[\"long\"" + (",\"" + "x".repeat(200) + "\"").repeat(60) + "]}");
        show("#/workflows?step=long");
        browser.sees("1 workflow.");
        assertThat(Integer.parseInt(browser.value("document.querySelector('#workflows tbody tr').offsetHeight")))
                .isLessThan(250);
    }

    /** With Tab and Enter alone. */
    @Test
    void theKeyboardIsEnough() {
        browser.run("document.querySelector('nav a').focus()");
        browser.strike("Tab", 9);
        assertThat(browser.value("document.activeElement.textContent")).isEqualTo("Dead letters");
        assertThat(browser.value("getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        browser.strike("Enter", 13);
        browser.sees("These were delivered too often");
        assertThat(browser.value("document.activeElement.tagName + document.title"))
                .isEqualTo("H1Dead letters · Workflow");
    }

    @Test
    void everyControlHasALabel() {
        assertThat(browser.value("[...document.querySelectorAll('input, select, textarea')]"
                        + ".filter(each => each.labels.length === 0 && !each.ariaLabel).map(each => each.outerHTML)"))
                .isEmpty();
    }

    /** Readers pass a label over where there is no role. */
    @Test
    void whateverIsLabelledHasARole() {
        assertThat(browser.value("[...document.querySelectorAll('[aria-label]:is(pre, div, p, span)')]"
                        + ".filter(each => !each.role).map(each => each.outerHTML)"))
                .isEmpty();
    }

    @Test
    void tabsOfTwoWorkflowsHaveTitlesOfTheirOwn() {
        String id = submit("{\"data\":{}}");
        show("#/workflow/" + id);
        browser.sees("The CSV is empty");
        assertThat(browser.value("document.title")).isEqualTo("One workflow " + id + " · Workflow");
        assertThat(browser.value("document.querySelector('#csv pre').checkVisibility()"))
                .isEqualTo("false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#/dead", "#/submit", "#/preview", "#/nowhere", "#/workflow/"})
    void aTelephoneIsWideEnough(String hash) {
        String id = submit("{\"data\":{\"long\":\"" + "x".repeat(500) + "\"},\"steps\":[\"" + "y".repeat(200) + "\"]}");
        browser.onScreen(360, () -> {
            show(hash.equals("#/workflow/") ? hash + id : hash);
            browser.awaits("document.querySelector('main > section:not([hidden])') !== null");
            browser.awaits("document.querySelector('[aria-busy=true]') === null");
            assertThat(browser.value("document.documentElement.scrollWidth")).isEqualTo("360");
        });
    }
}
