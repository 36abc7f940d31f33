package org.pcircle.it.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.LoopFileSystem;
import org.pcircle.it.support.Manifest;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.User;

/** Modification times are kept to the nanosecond, of everything that has one. */
class TimesIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @AloneAndUnderMpirun
    void timesOfFilesDirectoriesLinksAndFifosAreKept(int ranks) {
        scratch.shell("""
                mkdir source && cd source
                for time in 1901-12-31T23:59:59.123456789Z 1969-12-31T23:59:59.999999999Z 1970-01-01T00:00:00Z \
                    1970-01-01T00:00:00.000000001Z 2038-01-19T03:14:08.5Z 2038-01-19T03:14:07.25Z 2400-02-29T12:00:00.987654321Z; do
                  mkdir -p $time/inner
                  echo data | tee $time/file > $time/inner/file
                  truncate -s 40M $time/large
                  ln -s nowhere $time/link
                  mkfifo $time/fifo
                  touch -h -d $time $time/* $time/inner/* $time/inner $time
                done
                touch -d 1999-12-31T23:59:59.5 .
                """);

        Fcp.withRanks(ranks).in(scratch).run("source", "copy").assertCode(0);

        assertThat(Manifest.of(scratch.resolve("copy"))).isEqualTo(Manifest.of(scratch.resolve("source")));
    }

    @AloneAndUnderMpirun
    void accessTimesOfFilesAreKept(int ranks) {
        scratch.shell("mkdir source; echo data > source/file; truncate -s 40M source/large;"
                + " touch -a -d 2001-02-03T04:05:06.789 source/*");
        String accessTimes = "find %s -type f -printf '%%f %%A@\\n' | sort";
        String before = scratch.shell(accessTimes.formatted("source"));

        Fcp.withRanks(ranks).in(scratch).run("source", "copy").assertCode(0);

        assertThat(scratch.shell(accessTimes.formatted("copy"))).isEqualTo(before);
    }

    /** The kernel takes the nearest that there is: that is said, and taken for up to date afterwards. */
    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({"1, ext4 -I 128, 8", "3, ext4 -I 128, 8", "1, xfs -m bigtime=0, 8", "1, ext4, 3"})
    void timesThatTheDestinationCannotHoldAreToldAndCopiedOnce(int ranks, String type, int lost) {
        assumeTrue(scratch.shell("touch -d 2500-01-01 time; stat -c %y time").startsWith("2500"), "no such times here");
        User.assumeRoot("can mount");
        scratch.shell("""
                mkdir -p source/directory; cd source; for i in 1 2 3 4 5 6 7; do echo data > $i; done
                touch -d 2500-01-01 1; touch -d 1800-01-01 2; touch -d 2038-01-19T03:14:08Z 3
                touch -d 2038-01-19T03:14:06Z 4; touch -d 1969-12-31T23:59:59Z 5; touch -d 1979-01-01Z 6; touch -ad 2500-01-01 7
                head -c 3M /dev/zero > large; touch -d 2200-01-01 large; ln -s there link; touch -hd 2100-01-01 link
                mkfifo fifo; touch -d 2100-01-01 fifo; touch -d 2100-01-01 directory
                """);
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), type)) {
            Outcome copy = timed(ranks, "", 0);
            assertThat(copy.err()).contains("timestamps could not be kept of " + lost + " entries");
            String inodes = scratch.shell("stat -c '%i %y' disk/copy/* disk/copy");

            Outcome update = timed(ranks, "-u", 0);
            assertThat(update.out())
                    .contains("(0 files, 0 directories, 0 symlinks)")
                    .contains("12 were up to date");
            assertThat(scratch.shell("stat -c '%i %y' disk/copy/* disk/copy")).isEqualTo(inodes);

            Outcome named = timed(ranks, "-f --preserve=timestamps --errors=list", 1);
            assertThat(named.err())
                    .contains("disk/copy/1: keep timestamps: Value too large for defined data type")
                    .doesNotContain("copy/4:", "copy/5:", "copy/6:");
            assertThat(disk.path()).isDirectory();
        }
    }

    private Outcome timed(int ranks, String options, int code) {
        return Fcp.withRanks(ranks)
                .in(scratch)
                .runScript("fcp --chunk-size=1M " + options + " source disk/copy")
                .assertCode(code);
    }
}
