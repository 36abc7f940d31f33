package org.pcircle.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/stats.md tells of every member of the JSON that a run writes, and of no other. */
class StatsDocumentTest {

    private static final String PROGRESS_TITLE = "## `--progress=json`";
    private static final Pattern QUOTED = Pattern.compile("`([A-Za-z]+)`");

    private final String document = Files.readString(Path.of("../docs/stats.md"));
    private final long[] counters = new long[Counter.COUNT];

    StatsDocumentTest() throws IOException {}

    @Test
    void ofTheSummary() throws IOException {
        RankShare share = new RankShare(0, "node", counters, 1, 2, List.of());
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        new Summary("id", 4, "stopped", "errors", 1, counters, List.of(share)).writeJson(json);
        String section = document.substring(0, document.indexOf(PROGRESS_TITLE));

        Set<String> members = members(json.toString(UTF_8));

        assertThat(firstColumn(section).lines()).doesNotHaveDuplicates();
        assertThat(quoted(section)).containsAll(members);
        assertThat(members).containsAll(quoted(firstColumn(section)));
    }

    @Test
    void ofProgress() throws IOException {
        Counter.SCANNED.add(counters, 2);
        Counter.FILES.add(counters, 1);
        String json = new Progress(0, 0).at(counters, 1_000_000_000).json(false);
        String section = document.substring(document.indexOf(PROGRESS_TITLE));

        assertThat(quoted(firstColumn(section))).isEqualTo(members(json));
    }

    private static String firstColumn(String section) {
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(0, line.indexOf('|', 1)))
                .collect(Collectors.joining("\n"));
    }

    private static Set<String> quoted(String text) {
        return QUOTED.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of all members, at any depth. */
    private static Set<String> members(String json) throws IOException {
        Set<String> names = new TreeSet<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    names.add(parser.currentName());
                }
            }
        }
        return names;
    }
}
