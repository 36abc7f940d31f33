package org.pcircle.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Json;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Slow;

/** The page that {@code --report} writes about a run: its figures are those of the run. */
class ReportIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @AloneAndUnderMpirun
    void thePageHasTheFiguresOfTheRun(int ranks) throws IOException {
        scratch.shell("mkdir -p source/a source/b; head -c 100 /dev/zero > source/a/small;"
                + " head -c 5000 /dev/zero > source/b/file; head -c 20M /dev/urandom > source/large; : > source/empty;"
                + " : > source/b/closed; chmod 0 source/b/closed");

        Slow.writes(Fcp.withRanks(ranks).unprivileged().in(scratch), 60_000)
                .run("--report=report.html", "--errors=errors", "--reduce-interval=0.05", "source", "copy")
                .assertCode(1);

        Map<String, Object> figures = figures(scratch.resolve("report.html"));
        List<?> samples = (List<?>) figures.get("samples");
        assertThat(samples).hasSizeGreaterThan(2);
        List<?> last = (List<?>) samples.get(samples.size() - 1);
        assertThat(last.subList(1, 4)).isEqualTo(List.of(7L, (20L << 20) + 5100, 1L));
        assertThat((List<?>) figures.get("ranks")).hasSize(ranks);
        assertThat((Map<?, ?>) figures.get("sizes"))
                .isEqualTo(Map.of(
                        "0", 2L, "4 KiB", 1L, "64 KiB", 1L, "1 MiB", 0L, "16 MiB", 0L, "256 MiB", 1L, "4 GiB", 0L,
                        "64 GiB", 0L, "larger", 0L));
        assertThat((Map<?, ?>) figures.get("errors")).isEqualTo(Map.of("open: EACCES", 1L));
        assertThat((List<?>) figures.get("slowest"))
                .first()
                .satisfies(slow -> assertThat(((Map<?, ?>) slow).get("path")).isEqualTo("source/large"));
    }

    @AloneAndUnderMpirun
    void fsumHasOneToo(int ranks) throws IOException {
        scratch.shell("mkdir source; echo data > source/file");

        Fcp.withRanks(ranks)
                .named("fsum")
                .in(scratch)
                .run("-q", "--report=report.html", "source")
                .assertCode(0);

        assertThat(figures(scratch.resolve("report.html"))).containsEntry("command", "fsum");
    }

    /** What stands in the page for its script to draw. */
    private Map<String, Object> figures(Path page) throws IOException {
        String text = Files.readString(page);
        String begin = "id=\"figures\">";
        int from = text.indexOf(begin) + begin.length();
        Path figures =
                Files.writeString(scratch.resolve("figures"), text.substring(from, text.indexOf("</script>", from)));
        return Json.objects(figures).get(0);
    }
}
