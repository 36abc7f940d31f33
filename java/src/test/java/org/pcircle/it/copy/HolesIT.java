package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Manifest;
import org.pcircle.it.support.Scratch;

/** Holes stay holes: a copy takes up no more than its source. */
class HolesIT {

    /** Files of each shape, of a size to be copied whole and of one to be split. */
    private static final String SPARSE_FILES = """
            mkdir source && cd source
            for size in 900K 10M 300M 1T; do
              truncate -s $size nothing-$size
              echo start > start-$size && truncate -s $size start-$size
              echo end > end-$size && truncate -s $size end-$size && printf x | dd bs=1 seek=$size of=end-$size status=none
              for offset in 100 201 409 800; do
                head -c 4k /dev/urandom | dd bs=4K seek=${offset}K oflag=seek_bytes conv=notrunc of=pieces-$size status=none
              done
              truncate -s $size pieces-$size
            done
            """;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @ParameterizedTest
    @CsvSource({"1, copy_file_range", "1, buffered", "4, splice", "4, buffered", "1, auto", "4, auto"})
    void copiesTakeNoMoreRoomThanTheirSources(int ranks, String method) {
        scratch.shell(SPARSE_FILES);

        Fcp.withRanks(ranks).in(scratch).run("--io", method, "source", "copy").assertCode(0);

        assertThat(blocks("copy")).isLessThanOrEqualTo(blocks("source"));
        assertThat(Manifest.of(scratch.resolve("copy"))).isEqualTo(Manifest.of(scratch.resolve("source")));
        scratch.shell("for file in source/*; do case $file in *1T) ;; *) cmp $file copy/${file#*/} ;; esac; done");
    }

    private long blocks(String tree) {
        return scratch.shell("stat -c %b " + tree + "/*")
                .lines()
                .mapToLong(Long::parseLong)
                .sum();
    }
}
