package org.pcircle.cli.doc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pcircle.cli.option.Command;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.report.ExitCode;

class HelpTest {

    private static final int SCREEN_LINES = 56;
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
    void tellsOfEveryExitCode(Command command) {
        for (ExitCode code : ExitCode.values()) {
            assertThat(Help.text(command)).contains(" " + code.code() + " " + code.meaning());
        }
    }
}
