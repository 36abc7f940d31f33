package org.pcircle.it.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.LoopFileSystem;
import org.pcircle.it.support.Manifest;
import org.pcircle.it.support.MemoryFileSystem;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.PythonScript;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.TreeComparison;
import org.pcircle.it.support.User;
import org.pcircle.it.support.Zoo;

/** Whatever an entry can be and have is kept, in the eyes of rsync and in our own. */
class ZooIT {

    @AutoClose
    private static final Scratch SCRATCH = Scratch.create();

    private static LoopFileSystem disk;
    private static Path zoo;

    @BeforeAll
    static void makeZoo() {
        User.assumeRoot("can make entries of every kind");
        disk = LoopFileSystem.mount(SCRATCH.resolve("disk"), "xfs");
        zoo = disk.path().resolve("zoo");
        Zoo.make(zoo);
    }

    @AfterAll
    static void unmount() {
        if (disk != null) {
            disk.close();
        }
    }

    @AfterEach
    void deleteCopies() {
        Command.shell("rm -rf *copy*").in(disk.path()).run().assertCode(0);
    }

    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({
        "1, --threads=1",
        "1, --threads=4 --io=buffered --chunk-size=1M",
        "2, --threads=1 --chunk-size=64K",
        "2, --threads=3 --io=splice",
        "4, --threads=1 --io=buffered --chunk-size=64K",
        "4, --threads=2",
    })
    void everythingIsKept(int ranks, String options) {
        Path copy = disk.path().resolve("copy");

        copyZoo(ranks, "-p " + options, copy);

        TreeComparison.assertSameInEverything(zoo, copy);
        assertHasNoLinksToOutside(copy);
    }

    /** The copy, as its times and owners are kept, has the one with metadata, too. */
    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({"1, ''", "2, --digest sha256", "3, --metadata", "1, --digest sha256 --metadata"})
    void itsSignatureIsTheOneThatAnotherReaderFinds(int ranks, String options) {
        String[] words = (options + " zoo").strip().split(" ");
        String expected = PythonScript.of("signature.py", words)
                .in(disk.path())
                .run()
                .assertCode(0)
                .out();

        assertThat(Fsum.withRanks(ranks)
                        .in(disk.path())
                        .runScript("fsum -q " + options + " zoo")
                        .assertCode(0)
                        .out())
                .isEqualTo(expected);
        copyZoo(ranks, "-p", disk.path().resolve("copy"));
        assertThat(Fsum.withRanks(ranks)
                        .in(disk.path())
                        .runScript("fsum -q " + options + " copy")
                        .assertCode(0)
                        .out())
                .isEqualTo(expected.replace("  zoo", "  copy"));
    }

    @ParameterizedTest(name = "np {0}")
    @ValueSource(ints = {1, 2, 4})
    void everythingIsKeptInMemory(int ranks) {
        try (MemoryFileSystem memory = MemoryFileSystem.mount(SCRATCH.resolve("memory"), "size=2g")) {
            assumeHasUserAttributes(memory.path());
            Path copy = memory.path().resolve("copy");

            copyZoo(ranks, "-p", copy);

            TreeComparison.assertSameInEverything(zoo, copy);
        }
    }

    @AloneAndUnderMpirun
    void everythingIsKeptOnExt4(int ranks) {
        try (LoopFileSystem other = LoopFileSystem.mount(SCRATCH.resolve("ext4"), "ext4 -O ea_inode")) {
            Path copy = other.path().resolve("copy");

            copyZoo(ranks, "-p", copy);

            TreeComparison.assertSameInEverything(zoo, copy);
        }
    }

    /**
     * What a directory gives to all that is made in it does not stay there: a default ACL, its group, the umask's work.
     */
    @AloneAndUnderMpirun
    void nothingIsAddedByThePlaceWhereACopyIsMade(int ranks) {
        Path copy = disk.path().resolve("giving-copy/copy");
        Command.shell("mkdir giving-copy; chgrp 2005 giving-copy; chmod 2777 giving-copy;"
                        + " setfacl -m d:u:1009:rwx,d:g:2009:rwx,d:m::rwx giving-copy")
                .in(disk.path())
                .run()
                .assertCode(0);

        Fcp.withRanks(ranks)
                .in(disk.path())
                .runScript("umask 077; fcp -p zoo " + copy)
                .assertCode(0);

        TreeComparison.assertSameInEverything(zoo, copy);
    }

    /**
     * Data stays where it is; all else is wrong: modes, owners, ACLs, attributes, links, types, what is there at all.
     */
    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({"1, -p --mirror", "4, -p --mirror", "1, -f -p --delete", "4, -f -p --delete"})
    void everythingIsRepaired(int ranks, String options) {
        Path copy = disk.path().resolve("copy");
        Command.shell("""
                        cp -a zoo copy; cd copy
                        find . -type f -links +1 -name '*[02468]' -exec cp -p {} {}.new ';' -exec mv {}.new {} ';'
                        setfacl -R -P -b .; setfacl -R -P -d -m u:1009:rwx .
                        chown -R -h 1008:2008 .
                        chmod -R u=rwX,g=rX,o= .
                        find . -type f -exec setfattr -n user.extra -v extra {} + -exec setfattr -x user.text {} + 2>&1 | tail -n 0
                        rm -rf files/1 empty symlinks/target symlinks/link-1 specials/fifo-0 links/one/fifo names/-rf crowd/file-7
                        mkdir -p files/1/below symlinks/link-1 specials/fifo-0 extra/below; touch empty symlinks/target extra/file
                        ln -s nowhere links/one/fifo; mkfifo names/-rf; ln -f links/one/empty files/4096
                        """).in(disk.path()).run().assertCode(0);

        copyZoo(ranks, options, copy);

        TreeComparison.assertSameInEverything(zoo, copy);
        assertHasNoLinksToOutside(copy);
    }

    @AloneAndUnderMpirun
    void extendedAttributesAreLeftWhenNobodyAsksForThem(int ranks) {
        Path copy = disk.path().resolve("copy");

        copyZoo(ranks, "", copy);

        TreeComparison.assertSameLines(Manifest.withoutAttributes(zoo), Manifest.withoutAttributes(copy));
        TreeComparison.assertSameLines(Manifest.withoutAttributes(copy), Manifest.ofEverything(copy));
    }

    @AloneAndUnderMpirun
    void everythingIsKeptOnPathsFarLongerThanTheKernelTakes(int ranks) {
        Path deep = disk.path().resolve("deep-copy-source");
        Path copy = disk.path().resolve("deep-copy");
        Zoo.makeDeep(deep);

        Fcp.withRanks(ranks).in(disk.path()).run("-p", deep, copy).assertCode(0);

        TreeComparison.assertSameLines(Manifest.ofEverything(deep), Manifest.ofEverything(copy));
    }

    /** Attributes of files that their owner may not write among them. */
    @AloneAndUnderMpirun
    void usersKeepEverythingThatIsTheirs(int ranks) {
        Path place = disk.path().resolve("copy-of-user");
        Command.of("mkdir", "-m", "777", place.toString()).run().assertCode(0);
        Zoo.makeUnprivileged(place.resolve("zoo"));

        Fcp.withRanks(ranks).unprivileged().in(place).run("-p", "zoo", "copy").assertCode(0);

        TreeComparison.assertSameInEverything(place.resolve("zoo"), place.resolve("copy"));
    }

    private static void copyZoo(int ranks, String options, Path copy) {
        Fcp.withRanks(ranks)
                .in(disk.path())
                .runScript("fcp " + options + " zoo " + copy)
                .assertCode(0);
    }

    /** A file that has more names than are in the tree might be the source's. */
    private static void assertHasNoLinksToOutside(Path tree) {
        String names = "find . ! -type d -links +1 -printf '%i %n\\n' | sort | uniq -c | awk '$1 != $3'";
        assertThat(Command.shell(names).in(tree).run().assertCode(0).out()).isEmpty();
    }

    private static void assumeHasUserAttributes(Path folder) {
        Outcome set =
                Command.of("setfattr", "-n", "user.key", folder.toString()).run();
        assumeTrue(set.code() == 0, () -> "the kernel's tmpfs has no attributes for users: " + set);
    }
}
