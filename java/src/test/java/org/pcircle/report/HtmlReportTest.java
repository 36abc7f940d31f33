package org.pcircle.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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

    private static final int LIGHT = 1;

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
        assertThat(browse(page(ranks), LIGHT, 1280))
                .contains("data-drawn=\"" + charts + "\"", "<title>fcp the-id</title>", "&lt;/script&gt;")
                .contains(ranks == 0 ? "Not known either." : ranks - 1 + " on node");
    }

    /**
     * What the pixels say: the chart of throughput has both its lines, that of work both kinds of bars, in colours of
     * the scheme.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 500, 1, '252,252,251', '37,102,168 180,83,10'",
        "1, 1280, 0, '25,25,24', '106,170,232 240,163,94'",
        "64, 1280, 1, '252,252,251', '37,102,168 180,83,10; 37,102,168 217,217,212'",
        "64, 500, 0, '25,25,24', '106,170,232 240,163,94; 106,170,232 69,69,63'",
    })
    void itIsDrawnInTheColoursOfTheSchemeAndFits(int ranks, int columns, int scheme, String ground, String colors)
            throws IOException, InterruptedException {
        String seen = browse(page(ranks).replace("</body>", probe(colors) + "</body>"), scheme, columns);

        assertThat(seen).contains("data-ground=\"rgb(" + ground.replace(",", ", ") + ")\"");
        assertThat(seen).contains("data-missing=\"\"").contains("data-overflow=\"0\"");
    }

    /**
     * A script for the end of a page that says what is to be seen there: the ground, the colours that a canvas lacks,
     * and by how many pixels the page is too wide.
     *
     * @param colors of each canvas, as {@code R,G,B}
     */
    private static String probe(String colors) {
        return """
                <script>addEventListener("load", () => {
                  const missing = [], wanted = "%s".split("; "), canvases = [...document.querySelectorAll("canvas")];
                  if (canvases.length !== wanted.length) missing.push(canvases.length + " canvases");
                  canvases.forEach((canvas, i) => {
                    const seen = new Set(), { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                    for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) seen.add(data.slice(at, at + 3).join());
                    for (const color of wanted[i].split(" ")) if (!seen.has(color)) missing.push(i + ": " + color);
                  });
                  const page = document.documentElement;
                  page.dataset.missing = missing;
                  page.dataset.ground = getComputedStyle(document.body).backgroundColor;
                  page.dataset.overflow = Math.max(0, page.scrollWidth - page.clientWidth);
                });</script>""".formatted(colors);
    }

    /**
     * The elements of a page when a browser has shown it.
     *
     * @param scheme 0 for one who prefers dark pages, 1 for light ones, as Chromium counts them
     * @param columns of pixels of its window, 500 at least
     */
    private String browse(String page, int scheme, int columns) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("report.html"), page);
        return run(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile"),
                "--blink-settings=preferredColorScheme=" + scheme,
                "--window-size=" + columns + ",1000",
                "--dump-dom",
                file.toUri().toString());
    }

    private static String run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isZero();
        return out;
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
