package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Slow;
import org.pcircle.it.support.TreeComparison;
import org.pcircle.it.support.User;

/**
 * What other parallel copiers were seen to get wrong, nearly always with exit code 0. Where it belongs to a subject
 * that has tests of its own, it stands there:
 *
 * <ul>
 *   <li>unreadable directory skipped: {@link BadInputIT#anUnreadableDirectoryIsTheOnlyOneThatIsNotFilled}
 *   <li>unreadable source file made an empty one: {@link BadInputIT#anUnreadableFileIsTheOnlyOneThatIsNotCopied}
 *   <li>destination inside source recursed into: {@link BadInputIT#aDestinationInsideSourceIsRefused}
 *   <li>hard links split: {@link HardLinksIT#everyKindOfEntryKeepsItsNames}
 *   <li>FIFO or socket dropped: {@link SpecialFilesIT#fifosAndSocketsAreMadeAnew}
 *   <li>source appended to during the copy: {@link ChangingSourceIT#aFileThatHasGrownIsCopiedAsItIsNow}
 *   <li>paths over 4096 bytes dropped: {@link NamesIT#pathsLongerThanTheKernelTakesAreCopied}
 *   <li>names with a newline or | lost: {@link NamesIT#everyNameIsCopied}
 *   <li>abort or hang on a full file system: {@link FullDestinationIT}
 *   <li>timestamps never kept: {@link TimesIT#timesOfFilesDirectoriesLinksAndFifosAreKept}
 *   <li>progress never printed: {@link ProgressIT#theBarGrows}
 * </ul>
 */
class PeersIT {

    private static final int FILES = 40;
    private static final int OLD_SMALL_BYTES = 300_000;
    private static final int NEW_SMALL_BYTES = 200_000;
    private static final int OLD_LARGE_BYTES = 30 << 20;
    private static final int NEW_LARGE_BYTES = 20 << 20;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @AloneAndUnderMpirun
    void fileCapabilitiesAreNotLost(int ranks) {
        User.assumeRoot("can give capabilities to files");
        scratch.shell("""
                mkdir source && cd source
                echo data | tee roots users > setuid
                truncate -s 20M large
                chown 1001:2001 users setuid large
                chmod 4755 setuid
                setcap cap_net_bind_service+ep roots
                setcap cap_net_raw,cap_sys_nice+ep users
                setcap cap_net_raw+ei setuid
                setcap cap_dac_read_search+p large
                """);

        Fcp.withRanks(ranks).in(scratch).run("-p", "source", "copy").assertCode(0);

        String capabilities = "cd %s; getcap * | sort; stat -c '%%n %%a %%u:%%g' *";
        assertThat(scratch.shell(capabilities.formatted("copy")))
                .contains("cap_net_raw")
                .isEqualTo(scratch.shell(capabilities.formatted("source")));
    }

    @AloneAndUnderMpirun
    void rootDoesNotMakeAUsersSetuidFileItsOwn(int ranks) {
        makeUsersSetuidFiles();

        Fcp.withRanks(ranks).in(scratch).run("source", "copy").assertCode(0);

        assertThat(modesAndOwners("copy"))
                .containsExactly("directory 6755 1001:2001", "large 6755 1001:2001", "small 6755 1001:2001");
    }

    @AloneAndUnderMpirun
    void aSetuidFileThatIsNotItsOwnersAnyMoreIsNotSetuidEither(int ranks) {
        makeUsersSetuidFiles();

        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--no-preserve=ownership", "source", "copy")
                .assertCode(0);

        assertThat(modesAndOwners("copy")).containsExactly("directory 755 0:0", "large 755 0:0", "small 755 0:0");
    }

    @AloneAndUnderMpirun
    void aChangeOfTheAclAloneIsNotMissed(int ranks) {
        scratch.shell("""
                mkdir -p source/directory && cd source
                echo data | tee given taken > changed
                truncate -s 20M large
                setfacl -m u:1001:r,g:2001:rw taken changed
                """);
        Fcp fcp = Fcp.withRanks(ranks).in(scratch);
        fcp.run("-p", "source", "copy").assertCode(0);

        scratch.shell("""
                cd source
                setfacl -m u:1002:rw given large
                setfacl -b taken
                setfacl -m u:1001:rw changed
                setfacl -d -m u:1001:rwx directory
                """);
        fcp.run("-u", "-p", "source", "copy").assertCode(0);

        TreeComparison.assertSameInEverything(scratch.resolve("source"), scratch.resolve("copy"));
    }

    @AloneAndUnderMpirun
    void aChangeWithinTheSameSecondIsNotMissed(int ranks) {
        scratch.shell("""
                mkdir source
                echo old > source/small; head -c 20M /dev/urandom > source/large
                touch -d '2020-01-01 00:00:00.1' source/*
                """);
        Fcp fcp = Fcp.withRanks(ranks).in(scratch);
        fcp.run("source", "copy").assertCode(0);

        scratch.shell("""
                echo new > source/small; head -c 20M /dev/urandom > source/large
                touch -d '2020-01-01 00:00:00.2' source/*
                """);
        fcp.run("-u", "source", "copy").assertCode(0);

        scratch.assertSame("source", "copy");
    }

    @ParameterizedTest(name = "np {0}, {1} over {2}")
    @CsvSource({"1, 10K, 100K", "4, 10K, 100K", "1, 0, 1", "1, 20M, 50M", "4, 20M, 50M", "4, 10K, 20M"})
    void noTailOfALongerFileIsLeft(int ranks, String size, String oldSize) {
        scratch.shell("mkdir source copy; head -c " + size + " /dev/urandom > source/file; head -c " + oldSize
                + " /dev/urandom > copy/file");

        Fcp.withRanks(ranks).in(scratch).run("-f", "source", "copy").assertCode(0);

        scratch.assertSame("source", "copy");
    }

    /** Old and new ones differ in length and in every byte, so that each tells at any time which one it is. */
    @AloneAndUnderMpirun
    void changedFilesAreNotUnlinkedBeforeTheyAreCopied(int ranks) throws Exception {
        makeFiles("copy", "o", OLD_SMALL_BYTES, OLD_LARGE_BYTES);
        makeFiles("source", "n", NEW_SMALL_BYTES, NEW_LARGE_BYTES);

        Fcp slow = keepingOpenMpisFilesHere(Slow.writes(Fcp.withRanks(ranks).in(scratch), 30_000 * ranks));
        try (Running run = slow.start("-f", "--threads=1", "--progress=none", "source", "copy")) {
            while (replaced() < 5) {
                assertThat(run.isAlive()).as("is still copying").isTrue();
                Thread.sleep(1);
            }
            run.kill();
        }

        assertThat(replaced()).as("files replaced when it was killed").isLessThan(FILES);
        scratch.shell(
                "for file in copy/*; do [ $(tr -d o < $file | wc -c) = 0 ] || [ $(tr -d n < $file | wc -c) = 0 ]; done");
        Fcp.withRanks(ranks).in(scratch).run("-f", "source", "copy").assertCode(0);
        assertThat(TreeComparison.rsyncChanges(scratch.resolve("source"), scratch.resolve("copy"), "-rlptDc"))
                .isEmpty();
    }

    /** What Open MPI has in memory and in files outlives ranks that are killed: it is to go with everything else. */
    private Fcp keepingOpenMpisFilesHere(Fcp fcp) {
        String here = scratch.path().toString();
        return fcp.with("OMPI_MCA_btl_vader_backing_directory", here).with("OMPI_MCA_orte_tmpdir_base", here);
    }

    private void makeFiles(String directory, String content, int smallBytes, int largeBytes) throws IOException {
        Path path = Files.createDirectory(scratch.resolve(directory));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(path.resolve("small-" + i), content.repeat(smallBytes));
            if (i % 20 == 0) {
                Files.writeString(path.resolve("large-" + i), content.repeat(largeBytes));
            }
        }
    }

    /** How many files of the copy are new; each must be there, and as long as an old one or a new one. */
    private int replaced() throws IOException {
        int count = 0;
        for (int i = 0; i < FILES; i++) {
            count += isReplaced("small-" + i, OLD_SMALL_BYTES, NEW_SMALL_BYTES) ? 1 : 0;
            if (i % 20 == 0) {
                count += isReplaced("large-" + i, OLD_LARGE_BYTES, NEW_LARGE_BYTES) ? 1 : 0;
            }
        }
        return count;
    }

    private boolean isReplaced(String name, long oldBytes, long newBytes) throws IOException {
        long bytes = Files.size(scratch.resolve("copy/" + name));
        assertThat(bytes).as(name).isIn(oldBytes, newBytes);
        return bytes == newBytes;
    }

    private void makeUsersSetuidFiles() {
        User.assumeRoot("can copy what belongs to others");
        scratch.shell("""
                mkdir -p source/directory && cd source
                echo data > small
                truncate -s 20M large
                chown 1001:2001 *
                chmod 6755 *
                """);
    }

    private List<String> modesAndOwners(String tree) {
        return scratch.shell("cd " + tree + "; stat -c '%n %a %u:%g' *").lines().toList();
    }
}
