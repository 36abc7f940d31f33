package org.pcircle.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupTest {

    @TempDir
    private Path mounted;

    @Test
    void nothingLimitsWhoIsInNoGroup() {
        assertThat(ControlGroup.memoryLeft(mounted, "")).isEqualTo(Long.MAX_VALUE);
        assertThat(ControlGroup.memoryLeft(mounted, "0::/\n")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theNarrowestOfAllGroupsAroundCounts() throws IOException {
        write("system/slurm/memory.max", "3000");
        write("system/slurm/memory.current", "500");
        write("system/slurm/job/memory.max", "4000");
        write("system/slurm/job/memory.current", "400");
        write("system/slurm/job/step/memory.max", "max");

        assertThat(ControlGroup.memoryLeft(mounted, "0::/system/slurm/job/step\n"))
                .isEqualTo(2500);
    }

    @Test
    void whatIsCachedOfFilesIsLeft() throws IOException {
        write("job/memory.max", "3000");
        write("job/memory.current", "2900");
        write("job/memory.stat", "anon 1900\ninactive_file 300\nactive_file 200\nslab 400");

        assertThat(ControlGroup.memoryLeft(mounted, "0::/job\n")).isEqualTo(600);
    }

    @Test
    void aFullGroupLeavesNothing() throws IOException {
        write("memory.max", "3000");
        write("memory.current", "3100");

        assertThat(ControlGroup.memoryLeft(mounted, "0::/\n")).isZero();
    }

    @Test
    void thoseOfTheFirstVersionAreKnown() throws IOException {
        write("memory/slurm/memory.limit_in_bytes", "3000");
        write("memory/slurm/memory.usage_in_bytes", "1000");
        write("memory/slurm/memory.stat", "inactive_file 1\ntotal_inactive_file 0");

        assertThat(ControlGroup.memoryLeft(mounted, "7:cpu,cpuacct:/other\n4:memory:/slurm/job\n0::/\n"))
                .isEqualTo(2000);
    }

    private void write(String file, String text) throws IOException {
        Path path = mounted.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text + "\n");
    }
}
