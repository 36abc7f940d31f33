package org.pcircle.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;

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
}
