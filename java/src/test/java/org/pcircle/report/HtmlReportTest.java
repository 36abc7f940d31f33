package org.pcircle.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlReportTest {

    private static final String EVIL = "</script><script>document.title='taken over'</script><b>";

    @TempDir
    private Path folder;

    @Test
    void thePageNeedsNoOther() throws IOException {
        assertThat(page(2))
                .doesNotContain(" src=", " href=", "@import", "url(", "/*STYLE*/", "/*LIBRARY*/", "/*FIGURES*/");
    }

    @Test
    void aNameIsNeverMarkup() throws IOException {
        assertThat(page(1)).doesNotContain(EVIL).contains("\\u003c/script>");
    }

    /** The page counts the charts that it has drawn: throughput, and from two ranks on their work. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "64, 2"})
    void aBrowserDrawsIt(int ranks, int charts) throws IOException, InterruptedException {
        assumeTrue(run("sh", "-c", "command -v chromium").code == 0, "chromium is not installed");
        Path file = Files.writeString(folder.resolve("report.html"), page(ranks));

        Ran browser = run(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                file.toUri().toString());

        assertThat(browser.out)
                .contains("data-drawn=\"" + charts + "\"", "<title>fcp the-id</title>", "&lt;/script&gt;")
                .contains(ranks == 0 ? "did not get so far" : ranks - 1 + " on node");
    }

    private record Ran(int code, String out) {}

    private static Ran run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ran(process.waitFor(), out);
    }

    private static String page(int ranks) throws IOException {
        long[] counters = new long[Counter.COUNT];
        for (Counter counter : Counter.values()) {
            counter.add(counters, 1000);
        }
        SlowWork slow = new SlowWork(EVIL.getBytes(UTF_8), 1, 1L << 40, 5_000_000_000L);
        List<RankShare> shares = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
            shares.add(new RankShare(rank, "node", counters, 1, 2, List.of(slow)));
        }
        Summary summary = new Summary("the-id", 1, EVIL, null, 10, counters, shares);
        List<Timeline.Sample> samples = List.of(
                new Timeline.Sample(0, 0, 0, 0),
                new Timeline.Sample(5, 10, 1 << 20, 0),
                new Timeline.Sample(10, 20, 1 << 21, 1));
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        new HtmlReport("fcp", summary, 2, samples, Map.of("open: EACCES", 3L)).write(target);
        return target.toString(UTF_8);
    }
}
