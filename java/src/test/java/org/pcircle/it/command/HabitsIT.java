package org.pcircle.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.TreeComparison;

/** Each line of docs/from-other-tools.md is true: the tool and the command beside it make the same. */
class HabitsIT {

    private static final Path PAGE = Path.of("../docs/from-other-tools.md");

    /** The same in both folders; nothing of the copy is a name of another entry of it. */
    private static final String START = """
            mkdir -p src/sub; cd src
            echo first > a; echo second > b; echo third > c; ln a sub/name; echo object > sub/x.o; echo kept > sub/kept; ln -s a link
            printf '#!/bin/sh\\n' > program; chmod 755 program; chmod 600 b; chmod 750 sub; mkfifo fifo
            truncate -s 1M holes; echo end >> holes; head -c 300K /dev/zero > zeros
            touch -h -d '2020-02-03 04:05:06.789' *; touch -d 2020-02-03 sub/* sub
            cd ..; mkdir dst; cp -a src/. dst
            rm dst/a dst/sub/name; echo newer > dst/c; echo old > dst/b; touch -d 2019-01-01 dst/b; chmod 700 dst/program
            mkdir dst/extra; echo extra > dst/extra/file; echo more > dst/more; rm dst/link; ln -s b dst/link
            touch -h -d 2019-01-01 dst/link; touch -d 2018-01-01 dst/sub
            echo '*.o' > patterns; printf 'sub/kept\\nlink\\n' > list
            """;

    private static final String OWN_DIRECTORIES = "directories that exist keep their own mode and times";
    private static final String REPAIRED = "mode and owner of what is up to date are put right, too";
    private static final String OWN_TIMES = "the times are those of the copy";

    /** For tools that are not at hand: a command that makes what they make. */
    private static final Map<String, String> INSTEAD = Map.of(
            "mpirun -np 4 dcp src new", "cp -a src new",
            "mpirun -np 4 dcp -p src new", "cp -a src new",
            "dsync src dst", "rsync -aH src/ dst",
            "dsync --delete src dst", "rsync -aH --delete src/ dst",
            "dsync --dryrun --delete src dst", "rsync -aHn --delete src/ dst",
            "dcp --chunksize 64MB src new", "cp -a src new",
            "dcp --sparse src new", "cp -a --sparse=always src new",
            "dcmp src dst", "true");

    @AutoClose
    private final Scratch scratch = Scratch.create();

    /** A line of a table. */
    record Habit(String section, String known, String here, String difference) {

        @Override
        public String toString() {
            return known;
        }
    }

    private static Stream<Habit> all() throws IOException {
        Stream.Builder<Habit> habits = Stream.builder();
        String section = "";
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## ")) {
                section = line.substring(3);
            } else if (line.startsWith("| `")) {
                String[] cells = line.split("\\|", -1);
                habits.add(new Habit(section, code(cells[1]), code(cells[2]), cells[3].strip()));
            }
        }
        return habits.build();
    }

    private static String code(String cell) {
        assertThat(cell.strip()).startsWith("`").endsWith("`");
        return cell.strip().substring(1, cell.strip().length() - 1);
    }

    static Stream<Habit> ofCopies() throws IOException {
        return all().filter(habit -> !habit.section().equals("sha256sum"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofCopies")
    void bothMakeTheSame(Habit habit) throws IOException {
        begin();
        Outcome tool = Command.shell(INSTEAD.getOrDefault(habit.known(), habit.known()))
                .in(scratch.resolve("tool"))
                .run();
        Outcome ours = run(habit.here(), scratch.resolve("ours"));

        if (habit.here().contains("--max-delete")) {
            tool.assertCode(25);
            ours.assertCode(1);
            assertThat(scratch.shell("ls -d ours/dst/extra/file ours/dst/more")).hasLineCount(2);
            return;
        }
        tool.assertCode(0);
        ours.assertCode(0);
        if (habit.here().contains(" -ni ") || habit.here().contains(" -i ")) {
            assertThat(changes(ours.out())).isEqualTo(changes(tool.out())).isNotEmpty();
        }
        for (String tree : List.of("src", "dst", "new")) {
            if (Files.exists(scratch.resolve("tool/" + tree))) {
                assertThat(differences(tree, habit)).as(tree).isEmpty();
            } else {
                assertThat(scratch.resolve("ours/" + tree)).doesNotExist();
            }
        }
    }

    private void begin() {
        scratch.shell("mkdir tool; cd tool\n" + START + "cd ..; cp -a tool ours");
    }

    private static Outcome run(String words, Path folder) {
        String launched = "mpirun -np 4 ";
        boolean isLaunched = words.startsWith(launched);
        String script = isLaunched ? words.substring(launched.length()) : words;
        return (isLaunched ? Fcp.underMpirun(4) : Fcp.alone())
                .named(script.substring(0, script.indexOf(' ')))
                .in(folder)
                .runScript(script);
    }

    /** What rsync would change in one to make it like the other; the time of a top that got something is of no weight. */
    private List<String> differences(String tree, Habit habit) {
        String kept = habit.difference().equals(OWN_TIMES) ? "-rlpgoDHAXc" : "-aHAXc";
        return TreeComparison.rsyncChanges(
                        scratch.resolve("tool/" + tree), scratch.resolve("ours/" + tree), kept, "--delete")
                .lines()
                .filter(line -> !line.endsWith(" ./"))
                .filter(line -> !habit.difference().equals(OWN_DIRECTORIES) || !line.startsWith(".d"))
                .filter(line -> !habit.difference().equals(REPAIRED) || !line.startsWith(".f...p"))
                .toList();
    }

    /**
     * The itemized changes among what was printed, in order of their names. Either of two links may be the first, and
     * the times of the tops differ in less than a second, which rsync does not see.
     */
    private static List<String> changes(String out) {
        return out.lines()
                .filter(line -> line.matches("([<>ch.*][fdLDS]\\S{9}|\\*deleting  ) .*"))
                .filter(line -> !line.equals(".d..t...... ./"))
                .map(line -> line.replaceFirst("^h(.*) => .*", ">$1"))
                .sorted()
                .toList();
    }

    @Test
    void checksFindTheSame() throws IOException {
        begin();
        for (boolean isIntact : List.of(true, false)) {
            for (Habit habit :
                    all().filter(each -> each.section().equals("sha256sum")).toList()) {
                boolean isCheck = habit.known().contains("-c");
                if (isIntact || isCheck) {
                    Command.shell(habit.known())
                            .in(scratch.resolve("tool"))
                            .run()
                            .assertCode(isIntact ? 0 : 1);
                    run(habit.here(), scratch.resolve("ours")).assertCode(isIntact ? 0 : 3);
                }
                assertThat(habit.difference().contains("returns 3")).isEqualTo(isCheck);
            }
            scratch.shell("for each in tool ours; do echo changed > $each/src/a; done");
        }
    }
}
