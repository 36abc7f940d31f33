package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Json;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.User;

/** The list of what failed, a line of JSON for each entry. */
class ErrorListIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @AloneAndUnderMpirun
    void everyFailedEntryIsListedInTheCurrentDirectory(int ranks) throws IOException {
        makeUnreadableFiles(50);

        Outcome outcome = Fcp.withRanks(ranks)
                .unprivileged()
                .in(scratch)
                .run("source", "copy")
                .assertCode(1);

        Path list = onlyErrorList();
        assertThat(list.getFileName().toString()).matches("fcp-errors-.+\\.jsonl");
        assertThat(outcome.out()).contains("50 entries failed; listed in " + list.getFileName());
        assertThat(Files.readAllLines(list)).hasSize(50);
        assertThat(Json.objects(list))
                .hasSize(50)
                .doesNotHaveDuplicates()
                .allSatisfy(entry -> assertThat(entry)
                        .containsKey("path")
                        .containsEntry("operation", "open")
                        .containsEntry("errno", "EACCES")
                        .containsEntry("message", "open: Permission denied"));
    }

    @AloneAndUnderMpirun
    void theTerminalShowsTheFirstOfManyErrorsAndNamesTheList(int ranks) {
        makeUnreadableFiles(50);

        Outcome outcome = Fcp.withRanks(ranks).unprivileged().in(scratch).run("source", "copy");

        assertThat(outcome.complaints())
                .hasSizeLessThan(30)
                .last()
                .asString()
                .contains(onlyErrorList().getFileName().toString());
    }

    @AloneAndUnderMpirun
    void theListIsWrittenWhereItIsAskedFor(int ranks) {
        scratch.shell("mkdir source lists; touch source/closed; chmod 0 source/closed; chmod 777 lists");

        Fcp.withRanks(ranks)
                .unprivileged()
                .in(scratch)
                .run("--errors=lists/errors", "source", "copy")
                .assertCode(1);

        assertThat(Json.objects(scratch.resolve("lists/errors")))
                .containsExactly(Map.of(
                        "path", "source/closed",
                        "operation", "open",
                        "errno", "EACCES",
                        "message", "open: Permission denied"));
        assertThat(errorLists()).isEmpty();
    }

    @AloneAndUnderMpirun
    void directoriesThatCannotBeReadAreListedWithoutWhatIsInThem(int ranks) {
        scratch.shell("mkdir -p source/open source/closed source/unsearchable; cd source;"
                + " touch open/file closed/file unsearchable/file; chmod 0 closed; chmod 0644 unsearchable");

        Fcp.withRanks(ranks)
                .unprivileged()
                .in(scratch)
                .run("--errors=errors", "source", "copy")
                .assertCode(1);

        assertThat(Json.objects(scratch.resolve("errors")))
                .extracting("path", "operation", "errno")
                .containsExactlyInAnyOrder(
                        tuple("source/closed", "open", "EACCES"), tuple("source/unsearchable/file", "stat", "EACCES"));
        assertThat(scratch.shell("chmod 755 copy/*; cd copy; find . -type f")).isEqualTo("./open/file\n");
    }

    @AloneAndUnderMpirun
    void aPathThatIsNoTextIsListedExactly(int ranks) {
        Map<String, Object> entry = entryOfUnreadableFile(ranks, "a\\377\\n\\\\");

        assertThat(entry).containsEntry("path", "source/a\\377\\012\\\\");
        byte[] path = Base64.getDecoder().decode((String) entry.get("pathBase64"));
        assertThat(path).asHexString().isEqualTo("736F757263652F61FF0A5C");
    }

    @AloneAndUnderMpirun
    void aPathThatIsTextIsListedAsItIs(int ranks) {
        Map<String, Object> entry = entryOfUnreadableFile(ranks, "a\\n\"\\\\\\303\\251");

        assertThat(entry).containsEntry("path", "source/a\n\"\\\u00e9").doesNotContainKey("pathBase64");
    }

    @AloneAndUnderMpirun
    void withoutErrorsThereIsNoList(int ranks) {
        scratch.shell("mkdir source; touch source/file");

        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--errors=errors", "source", "copy")
                .assertCode(0);

        assertThat(scratch.resolve("errors")).doesNotExist();
        assertThat(errorLists()).isEmpty();
    }

    @Test
    void aListThatCannotBeWrittenIsSaid() {
        scratch.shell("mkdir source; touch source/closed; chmod 0 source/closed");

        Outcome outcome = Fcp.alone()
                .unprivileged()
                .in(scratch)
                .run("--errors=/dev/full", "source", "copy")
                .assertCode(1);

        assertThat(outcome.complaints())
                .anyMatch(line -> line.startsWith("fcp: /dev/full: the error list cannot be written"));
    }

    private void makeUnreadableFiles(int count) {
        scratch.shell("mkdir source; cd source; touch $(seq " + count + "); chmod 0 *");
        User.giveToUnprivileged(scratch.resolve("source"));
    }

    /**
     * What is listed when only one file cannot be read.
     *
     * @param name of it, as printf(1) is told
     */
    private Map<String, Object> entryOfUnreadableFile(int ranks, String name) {
        scratch.shell("mkdir source; name=source/$(printf '" + name + "'); touch \"$name\"; chmod 0 \"$name\"");

        Fcp.withRanks(ranks)
                .unprivileged()
                .in(scratch)
                .run("--errors=errors", "source", "copy")
                .assertCode(1);

        List<Map<String, Object>> entries = Json.objects(scratch.resolve("errors"));
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    private Path onlyErrorList() {
        assertThat(errorLists()).hasSize(1);
        return errorLists().get(0);
    }

    private List<Path> errorLists() {
        return scratch.shell("find . -name 'fcp-errors-*'")
                .lines()
                .map(scratch::resolve)
                .toList();
    }

    /** Its attributes are not asked for once more when it is finished. */
    @Test
    void anUnreadableDirectoryIsListedOnceWhateverIsKept() {
        User.assumeRoot("makes what others cannot read");
        scratch.shell(
                "mkdir -p tree/closed/in tree/open; echo data > tree/open/file; setfattr -n user.k -v 1 tree/closed");
        User.giveToUnprivileged(scratch.path());
        scratch.shell("chown -R 0 tree/closed; chmod 0 tree/closed");
        for (String option : List.of("-v", "-p", "-c", "-pc", "-s")) {
            Fcp.alone()
                    .unprivileged()
                    .in(scratch)
                    .run(option, "--errors=errors" + option, "tree", "copy" + option)
                    .assertCode(1);
            assertThat(scratch.shell("cat errors" + option).lines()).as(option).hasSize(1);
        }
        scratch.shell("test \"$(stat -c %a copy-p/closed)\" = 0");
    }

    /** And what is in it is not, as in a walk. */
    @Test
    void aDirectoryThatCannotBeMadeIsListedOnceThoughMuchOfItIsWanted() {
        User.assumeRoot("makes where others cannot write");
        scratch.shell("mkdir -p tree/d/e copy; touch tree/d/1 tree/d/2 tree/d/e/3; printf 'd/1\nd/2\nd/e/3\n' > list");
        scratch.shell("chmod -R a+rX .; chmod 755 copy");
        Fcp.alone()
                .unprivileged()
                .in(scratch)
                .run("-f", "--files-from=list", "--errors=errors", "tree", "copy")
                .assertCode(1);
        assertThat(scratch.shell("cat errors").lines())
                .singleElement()
                .asString()
                .contains("copy/d")
                .contains("mkdir");
    }
}
