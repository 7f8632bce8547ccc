package dev.workflow.rest.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ListFiltersTest {
    private static final Path CONSOLE = Path.of("src/main/resources/dev/workflow/rest/pages/console/index.html");

    /** One that cannot be seen would filter unseen when it comes with a link, and be lost with the next search. */
    @Test
    void theConsolesFormHasEveryFilter() throws IOException {
        String page = Files.readString(CONSOLE);
        int form = page.indexOf("<section id=\"workflows\"");
        List<String> fields = Pattern.compile("<(?:input|select) name=\"(\\w+)\"")
                .matcher(page.substring(form, page.indexOf("</form>", form)))
                .results()
                .map(field -> field.group(1))
                .toList();

        assertThat(fields).containsAll(ListFilters.NAMES);
    }
}
