package org.pcircle.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.User;

/** With -i a run and a dry run print what rsync -i prints of the same trees. */
class ItemizedChangesIT {

    /** Each kind of entry and each kind of difference; source/large is copied in ranges. */
    private static final String TREES = """
            mkdir -p source/directory source/new-directory source/deep/er copy/directory copy/deep/er copy/gone/in
            cd source
            for f in new size time mode owner group xattr acl same all; do echo $f > $f; done
            head -c 3M /dev/urandom > large; cp large large-time; cp large large-xattr
            cp -p size time mode owner group xattr acl same all large-time large-xattr ../copy
            echo longer >> ../copy/size; touch -r size ../copy/size
            touch -d 2001-01-01 ../copy/time ../copy/large-time
            chmod 600 ../copy/mode; chown 5 ../copy/owner; chgrp 5 ../copy/group
            setfattr -n user.k -v 1 xattr; setfacl -m u:1:r acl; setfattr -n user.k -v 1 ../copy/large-xattr
            echo much longer > ../copy/all; touch -d 2001-01-01 ../copy/all; chown 7:8 ../copy/all; chmod 4711 ../copy/all
            setfacl -m u:1:r all; setfattr -n user.k -v 1 ../copy/all
            ln -s to link; ln -s elsewhere ../copy/link; touch -h -r link ../copy/link
            ln -s to link-time; cp -a link-time ../copy; touch -h -d 2001-01-01 ../copy/link-time
            ln -s to link-all; ln -s elsewhere ../copy/link-all; touch -h -d 2001-01-01 ../copy/link-all
            ln -s to link-owner; cp -a link-owner ../copy; chown -h 5 ../copy/link-owner; ln -s to new-link
            mkfifo fifo new-fifo; cp -a fifo ../copy; chmod 600 ../copy/fifo
            mknod device c 1 3; mknod ../copy/device c 1 5; touch -r device ../copy/device; mknod block b 7 1
            ln new linked; ln -s x linked-link; ln linked-link linked-other
            echo f > first; ln first second; cp -p first ../copy; cp -p second ../copy
            echo f > third; ln third to-third; cp -p third ../copy; cp -p third ../copy/to-third
            touch -d 2001-01-01 ../copy/to-third
            echo f > file-for-link; ln -s x ../copy/file-for-link; ln -s x link-for-file; echo f > ../copy/link-for-file
            mkdir directory-for-file; echo f > ../copy/directory-for-file; mkfifo fifo-for-file; echo f > ../copy/fifo-for-file
            echo f > ../copy/gone/in/file; ln -s x ../copy/gone-link; chmod 700 ../copy/directory
            touch -r deep ../copy/deep; touch -d 2001-01-01 ../copy/deep/er
            echo n > "$(printf 'new\\nline \\t\\303\\251 \\377 \\\\ \\\\#123')"
            """;

    private static final String RSYNC = "LC_ALL=C.UTF-8 rsync -aHAXi --modify-window=-1 ";

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @AloneAndUnderMpirun
    void printsWhatRsyncPrints(int ranks) {
        User.assumeRoot("makes devices, and files of others");
        scratch.shell(TREES);
        List<String> expected = lines(scratch.shell(RSYNC + "-n --delete source/ copy"));
        Fcp fcp = Fcp.withRanks(ranks).in(scratch);
        Object[] options = {"-ipq", "--chunk-size=64K", "--mirror", "source", "copy"};

        List<String> foreseen =
                lines(fcp.run(with("--dry-run", options)).assertCode(0).out());
        List<String> done = lines(fcp.run(options).assertCode(0).out());

        assertThat(foreseen).isEqualTo(expected);
        assertThat(done).isEqualTo(expected);
        assertThat(scratch.shell(RSYNC + "-n --delete source/ copy")).isEmpty();
        assertThat(fcp.run(options).assertCode(0).out()).isEmpty();
    }

    /** What differs in nothing is replaced all the same; rsync leaves links and devices alone that do not differ. */
    @Test
    void withForceFilesAreTransferredAsWithIgnoreTimes() {
        User.assumeRoot("makes devices, and files of others");
        scratch.shell(TREES);

        List<String> expected = files(scratch.shell(RSYNC + "-n --ignore-times source/ copy"));
        String done = Fcp.alone()
                .in(scratch)
                .run("-ipqf", "source", "copy")
                .assertCode(0)
                .out();

        assertThat(files(done)).isEqualTo(expected);
        assertThat(done.lines()).contains("cL..t...... link-time -> to", "cS...p..... fifo");
    }

    @Test
    void timesThatAreNotPreservedAreThoseOfTheTransfer() {
        scratch.shell("mkdir source copy; echo f > source/f; echo other > copy/f; echo g > source/g");

        assertThat(lines(Fcp.alone()
                        .in(scratch)
                        .run("-ifq", "--no-preserve=timestamps", "source", "copy")
                        .out()))
                .isEqualTo(lines(scratch.shell("cp -r copy copy2; echo other > copy2/f; rm copy2/g; "
                        + "rsync -rlpgoi --ignore-times source/ copy2")));
    }

    @Test
    void namesBeginWithTheirSourcesWhereTheseGoIntoADirectory() {
        scratch.shell("mkdir -p one/in copy copy2; echo f > one/in/f; echo g > g; ln -s x link");

        String expected = scratch.shell("rsync -ai one g link copy2");
        String done = Fcp.alone()
                .in(scratch)
                .run("-iq", "one", "g", "link", "copy")
                .assertCode(0)
                .out();

        assertThat(lines(done)).isEqualTo(lines(expected)).contains("cd+++++++++ one/in/", ">f+++++++++ g");
        assertThat(Fcp.alone().in(scratch).run("-iq", "g", "copy/h").out())
                .isEqualTo(scratch.shell("rsync -ai g copy2/h"));
    }

    @Test
    void areNamedInPlaceOfTheWordsOfVerbose() {
        scratch.shell("mkdir source; echo f > source/f");

        assertThat(Fcp.alone().in(scratch).run("-ivq", "source", "copy").out().lines())
                .containsExactlyInAnyOrder("cd+++++++++ ./", ">f+++++++++ f");
    }

    private static Object[] with(String option, Object[] others) {
        List<Object> all = new ArrayList<>(List.of(others));
        all.add(0, option);
        return all.toArray();
    }

    /** Regular files that are transferred, but hard-linked ones. */
    private static List<String> files(String said) {
        return lines(said).stream().filter(line -> line.startsWith(">f")).toList();
    }

    /** Lines in order; of two hard links either may be the first. */
    private static List<String> lines(String said) {
        List<String> lines = new ArrayList<>(said.lines().toList());
        for (String line : List.copyOf(lines)) {
            String[] names = line.startsWith("h") ? line.substring(12).split(" => ") : new String[0];
            if (names.length == 2 && line.contains("+++")) {
                lines.remove(line);
                lines.removeIf(first -> first.matches("[>c].[+]{9} " + names[1] + "( -> .*)?"));
                List<String> both = new ArrayList<>(List.of(names));
                Collections.sort(both);
                lines.add(line.substring(1, 12) + both);
            }
        }
        Collections.sort(lines);
        return lines;
    }
}
