package org.pcircle.cli.doc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pcircle.cli.option.Command;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.report.ExitCode;

class HelpTest {

    private static final int SCREEN_LINES = 66;
    private static final int SCREEN_COLUMNS = 80;

    @ParameterizedTest
    @EnumSource
    void fitsAScreen(Command command) {
        assertThat(Help.text(command).lines())
                .hasSizeLessThanOrEqualTo(SCREEN_LINES)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(SCREEN_COLUMNS));
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfEveryOptionOfTheCommandOnceAndOfNoOther(Command command) {
        for (CommandOption option : CommandOption.values()) {
            long lines = Help.text(command)
                    .lines()
                    .filter(line -> line.contains(" " + option.synopsis() + " "))
                    .count();
            assertThat(lines).as(option.word()).isEqualTo(option.isOf(command) ? 1 : 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesTheGroupsInTheirOrder(Command command) {
        List<String> titles = List.of(
                "Selection",
                "Existing destination",
                "Preserved attributes",
                "Verification and signatures",
                "Performance",
                "Resuming",
                "Reporting");
        boolean preserves = command == Command.FCP;
        assertThat(Help.text(command).lines().filter(titles::contains))
                .containsExactlyElementsOf(titles.stream()
                        .filter(title -> preserves || !(title.startsWith("Existing") || title.startsWith("Preserved")))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void callsTheExitCodeOfABadCommandLineAUsageError(Command command) {
        assertThat(Help.text(command)).contains("2 usage error");
        assertThat(ManPage.text(command, "0", "@EXIT_STATUS@\n")).contains(".B 2\nUsage error.");
    }

    @ParameterizedTest
    @EnumSource
    void tellsOfEveryExitCode(Command command) {
        for (ExitCode code : ExitCode.values()) {
            assertThat(Help.text(command)).contains(" " + code.code() + " " + code.meaning());
        }
    }

    @ParameterizedTest
    @EnumSource(Command.class)
    void theUsualOptionsFitAScreenAndPointToTheOthers(Command command) {
        assertThat(Help.usage(command).lines().toList())
                .hasSizeLessThanOrEqualTo(24)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(Help.usage(command).lines().filter(line -> line.contains(" --")))
                .hasSize(11);
        assertThat(Help.usage(command)).contains(command.word() + " --help");
    }
}
