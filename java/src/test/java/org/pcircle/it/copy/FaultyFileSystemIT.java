package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.FaultyFileSystem;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.Json;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.TreeComparison;

/** What a broken disk or a server in trouble cannot deliver is listed, each entry once; all the rest is copied. */
class FaultyFileSystemIT {

    /** What begins with "bad" will fail, and stands among what does not. */
    private static final String TREE = """
            mkdir -p real/directory/below real/unlisted && cd real
            touch unlisted/bad
            for name in good bad-start bad-middle bad-end; do
              head -c 10K /dev/urandom > directory/$name-small
              head -c 300K /dev/urandom > directory/$name-medium
              head -c 20M /dev/urandom > directory/below/$name-large
            done
            head -c 20M /dev/urandom > bad-twice-large
            for i in $(seq 500); do echo $i > directory/below/good-$i; done
            echo data | tee bad-open bad-open-stale bad-stat > directory/bad-open-below
            ln -s good bad-link
            ln -s good good-link
            """;

    private static final String[] FAULTS = {
        "read,EIO,bad-start-small,0,4096",
        "read,EIO,bad-middle-small,4096,1",
        "read,EIO,bad-end-small,10239,1",
        "read,EIO,bad-start-medium,0,1",
        "read,EIO,bad-middle-medium,150000,1",
        "read,EIO,bad-end-medium,307199,1",
        "read,EIO,bad-start-large,0,1",
        "read,EIO,bad-middle-large,10000000,1",
        "read,EIO,bad-end-large,20971519,1",
        "read,EIO,bad-twice-large,3000000,1",
        "read,EIO,bad-twice-large,13000000,1",
        "open,ENOENT,bad-open",
        "open,ENOENT,bad-open-below",
        "open,ESTALE,bad-open-stale",
        "stat,ENOENT,bad-stat",
        "list,EIO,unlisted",
        "readlink,EIO,bad-link",
    };

    private static final List<String> LISTED = List.of(
            "bad-link readlink EIO",
            "bad-open open ENOENT",
            "bad-open-stale open ESTALE",
            "bad-stat stat ENOENT",
            "bad-twice-large read EIO",
            "directory/bad-end-medium read EIO",
            "directory/bad-end-small read EIO",
            "directory/bad-middle-medium read EIO",
            "directory/bad-middle-small read EIO",
            "directory/bad-open-below open ENOENT",
            "directory/bad-start-medium read EIO",
            "directory/bad-start-small read EIO",
            "directory/below/bad-end-large read EIO",
            "directory/below/bad-middle-large read EIO",
            "directory/below/bad-start-large read EIO",
            "unlisted list EIO");

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({
        "1, --threads=1",
        "1, --threads=4 --chunk-size=1M",
        "4, --threads=2",
        "4, --threads=1 --chunk-size=64K --io=buffered",
        "1, --io=splice --chunk-size=1M",
        "4, -p --chunk-size=1M",
        "1, -f",
        "4, -s",
    })
    void whatCannotBeReadIsListedAndAllElseIsCopied(int ranks, String options) {
        scratch.shell(TREE);

        copyFaulty(ranks, options);

        assertThat(listed()).isEqualTo(LISTED);
        TreeComparison.assertSameWithout("bad*", scratch.resolve("real"), scratch.resolve("copy"));
        assertThat(scratch.shell("find copy -name 'bad*' -o -name '.fcp*'")).isEmpty();
    }

    @AloneAndUnderMpirun
    void oldFilesStayWhereNewOnesCannotBeRead(int ranks) {
        scratch.shell(TREE + "cd ..; cp -r real copy; find copy -type f -exec sh -c 'echo old > $0' {} ';'");

        copyFaulty(ranks, "-f");

        assertThat(listed()).isEqualTo(LISTED);
        assertThat(scratch.shell("find copy -type f -name 'bad*' -exec cat {} + | sort -u"))
                .isEqualTo("old\n");
        assertThat(TreeComparison.rsyncChanges(
                        scratch.resolve("real"), scratch.resolve("copy"), "-rlptDc", "--delete", "--exclude=bad*"))
                .isEmpty();
    }

    /**
     * What a directory that cannot be listed still has is not known; and after any other error it is better kept, too.
     */
    @AloneAndUnderMpirun
    void nothingIsDeletedWhenSomethingCannotBeRead(int ranks) {
        scratch.shell(TREE + "cd ..; cp -r real copy; touch copy/extra copy/unlisted/extra copy/directory/below/extra");

        copyFaulty(ranks, "-f --delete");

        assertThat(listed()).isEqualTo(LISTED);
        scratch.shell("cd copy; ls extra unlisted/bad unlisted/extra directory/below/extra bad-open bad-stat");
    }

    /** Such an errno of the source is no full destination: it costs that entry, and the run goes on. */
    @AloneAndUnderMpirun
    void aSourceThatSaysItIsFullCostsTheEntryAlone(int ranks) {
        scratch.shell(TREE);
        String[] faults = {
            "read,ENOSPC,bad-start-small,0,4096",
            "read,EDQUOT,bad-middle-medium,150000,1",
            "read,ENOSPC,bad-middle-large,10000000,1",
            "read,EDQUOT,bad-end-large,20971519,1",
            "open,EDQUOT,bad-twice-large",
            "open,ENOSPC,bad-open",
            "stat,EDQUOT,bad-stat",
            "list,ENOSPC,unlisted",
            "readlink,EDQUOT,bad-link",
        };
        List<String> listed = List.of(
                "bad-link readlink EDQUOT",
                "bad-open open ENOSPC",
                "bad-stat stat EDQUOT",
                "bad-twice-large open EDQUOT",
                "directory/bad-middle-medium read EDQUOT",
                "directory/bad-start-small read ENOSPC",
                "directory/below/bad-end-large read EDQUOT",
                "directory/below/bad-middle-large read ENOSPC",
                "unlisted list ENOSPC");
        for (String options : List.of("--chunk-size=1M", "-cs --io=auto", "-f --io=splice")) {
            faulty(
                    () -> Fcp.withRanks(ranks)
                            .in(scratch)
                            .runScript("fcp --errors=errors " + options + " source copy")
                            .assertCode(1),
                    faults);

            assertThat(listed()).as(options).isEqualTo(listed);
            for (String line : listed) {
                String path = line.split(" ")[0];
                assertThat(scratch.resolve("copy/" + (path.equals("unlisted") ? "unlisted/bad" : path)))
                        .doesNotExist();
            }
            assertThat(TreeComparison.rsyncChanges(
                            scratch.resolve("real"), scratch.resolve("copy"), "-rlptDc", "--delete", "--exclude=bad*"))
                    .isEmpty();
            scratch.shell("rm -r copy");
        }
        faulty(
                () -> Fsum.withRanks(ranks)
                        .in(scratch)
                        .run("--errors=errors", "source")
                        .assertCode(1),
                faults);
        assertThat(listed()).isEqualTo(listed);
    }

    /** Ranges of large files that can be read are passed over with the rest of them. */
    @AloneAndUnderMpirun
    void whatCannotBeSummedIsListedAndNeitherMissingNorChanged(int ranks) {
        scratch.shell(TREE);
        Fsum.alone()
                .in(scratch)
                .run("-q", "--export-block-signatures", "--manifest=manifest", "real")
                .assertCode(0);
        scratch.shell("rm real/good-link");

        Outcome outcome = faulty(() -> Fsum.withRanks(ranks)
                .in(scratch)
                .run("-q", "--errors=errors", "--chunk-size=1M", "--check=manifest", "source")
                .assertCode(3));

        assertThat(listed()).isEqualTo(LISTED);
        assertThat(outcome.out())
                .isEqualTo("missing good-link\nsource: differs from manifest: 0 changed, 1 missing, 0 extra\n");
    }

    private void copyFaulty(int ranks, String options) {
        faulty(() -> Fcp.withRanks(ranks)
                .in(scratch)
                .runScript("fcp --errors=errors " + options + " source copy")
                .assertCode(1));
    }

    private Outcome faulty(Supplier<Outcome> run) {
        return faulty(run, FAULTS);
    }

    private Outcome faulty(Supplier<Outcome> run, String... faults) {
        try (FaultyFileSystem faulty =
                FaultyFileSystem.mount(scratch.resolve("source"), scratch.resolve("real"), faults)) {
            return run.get();
        }
    }

    /** Sorted, as "path operation errno"; whether data could not be read or not be copied depends on the method. */
    private List<String> listed() {
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> entry : Json.objects(scratch.resolve("errors"))) {
            String path = entry.get("path").toString();
            assertThat(path).startsWith("source/");
            String operation = entry.get("operation").toString().replace("copy", "read");
            lines.add(path.substring("source/".length()) + " " + operation + " " + entry.get("errno"));
        }
        lines.sort(null);
        return lines;
    }
}
