package org.pcircle.cli.doc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pcircle.cli.option.Argument;
import org.pcircle.cli.option.Command;
import org.pcircle.cli.option.CommandLine;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.settings.FcpSettings;
import org.pcircle.cli.settings.FsumSettings;
import org.pcircle.cli.settings.RunSettings;
import org.pcircle.plan.UsageException;

/** What is made from the table of options (manual, completion) agrees with the table, and the table with the parser. */
class DocumentationTest {

    private static final Path PROSE = Path.of("src/main/man");

    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]*");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void theManualTellsOfTheOptionsOfTheCommandAndOfNoOther(Command command) throws IOException {
        String page = plain(page(command));
        Set<String> spellings = words(command);
        CommandOption.aliases(command).forEach(alias -> spellings.add(CommandOption.dashed(alias)));

        assertThat(mentioned(page)).isSubsetOf(spellings);
        assertThat(spellings).allSatisfy(spelling -> assertThat(page).containsPattern(spelling + "\\b"));
    }

    @ParameterizedTest
    @EnumSource
    void theManualIsCleanRoff(Command command) throws IOException, InterruptedException {
        assumeTrue(isInstalled("groff"), "groff is not installed");
        Path page = Files.writeString(folder.resolve("page"), page(command));

        assertThat(output("groff", "-ww", "-man", "-Tutf8", "-z", page.toString()))
                .isEmpty();
        String rendered = output("groff", "-man", "-Tutf8", "-P-cbou", page.toString());
        assertThat(rendered)
                .contains("NAME", "OPTIONS", "EXIT STATUS", "SEE ALSO")
                .doesNotContain("@");
    }

    @ParameterizedTest
    @EnumSource
    void theManualSaysWhatEachChoiceIs(Command command) {
        for (CommandOption option : CommandOption.of(command)) {
            Argument argument = option.argument();
            if (argument != null && argument.kind() == Argument.Kind.CHOICE) {
                assertThat(option.manual()).as(option.word()).contains(argument.words());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theParserTakesTheChoicesOfTheTableAndNoOther(Command command) throws UsageException {
        for (CommandOption option : CommandOption.of(command)) {
            Argument argument = option.argument();
            if (argument == null || argument.choices() == null) {
                continue;
            }
            for (String word : argument.words()) {
                assertThat(refusal(command, "--" + option.word() + "=" + word)).doesNotContain("not one of");
            }
            assertThat(refusal(command, "--" + option.word() + "=nonsense"))
                    .endsWith("not one of " + String.join(", ", argument.words()));
        }
    }

    /** What users were promised, by the original pcircle, by cp, and by the letters that stand for words. */
    @ParameterizedTest
    @CsvSource({
        "FCP, 'p preserve= a r R recursive c checksum verify s signature o output= f force u update delete x one-file-system'",
        "FCP, 'files-from= 0 chunk-size= chunksize= threads= io= sparse= checkpoint-interval= cptime= checkpoint-id= checkpoint-d='",
        "FCP, 'cpid= checkpoint-dir= resume= rid= exclude= include= exclude-from= dry-run layout= fsync progress= reduce-interval='",
        "FCP, 'errors= stats= report= transport= v verbose q quiet version h help no-preserve= digest= doctor'",
        "FCP, 'n dry-run target-directory= T no-target-directory delete usage progress'",
        "FSUM, 'digest= o output= manifest= export-block-signatures check= metadata chunk-size= chunksize= threads= progress='",
        "FSUM, 'reduce-interval= errors= stats= report= transport= exclude= include= exclude-from= x one-file-system v q version h usage c'",
        "FSUM, 'checkpoint-interval= cptime= checkpoint-id= checkpoint-d= cpid= checkpoint-dir= resume= rid='",
    })
    void thePromisedOptionsAreThere(Command command, String promised) {
        for (String spelling : promised.split(" ")) {
            String typed = CommandOption.dashed(spelling.replace("=", ""));
            String refusal = refusal(command, spelling.endsWith("=") ? typed + "=1" : typed);
            assertThat(refusal).as(typed).doesNotContain("unknown option", "takes no argument", "needs an argument");
        }
    }

    @ParameterizedTest
    @EnumSource
    void bashKnowsEveryOption(Command command) throws IOException, InterruptedException {
        Set<String> expected = new TreeSet<>();
        for (CommandOption option : CommandOption.of(command)) {
            expected.add(
                    option.argument() == null || option.isArgumentOptional()
                            ? "--" + option.word()
                            : "--" + option.word() + "=");
            if (option.letter() != null) {
                expected.add("-" + option.letter());
            }
        }
        assertThat(completions(command, "-")).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--io = bu | buffered",
                "--io bu | buffered",
                "source --chunk | --chunk-size=",
                "--digest = | xxh64 sha256",
                "--preserve = mode,xa | mode,xattr",
                "--preserve = mode,a | mode,acl mode,all",
                "--no-preserve li | links",
                "--preserve li | ''",
                "-- --chunk | ''",
                "--stats = fi | ''",
                "-o fi | ''",
            })
    void bashCompletesWhatStandsBehindAnOption(String typed, String completed)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(typed.strip().split(" ")));
        assertThat(String.join(" ", completions(Command.FCP, words.toArray(new String[0]))))
                .isEqualTo(completed);
    }

    @ParameterizedTest
    @EnumSource
    void zshUnderstandsItsCompletion(Command command) throws IOException, InterruptedException {
        assumeTrue(isInstalled("zsh"), "zsh is not installed");
        String text = ZshCompletion.text(command);
        Path file = Files.writeString(folder.resolve("_" + command.word()), text);

        assertThat(output("zsh", "-fn", file.toString())).isEmpty();
        assertThat(mentioned(text)).containsAll(words(command)).isSubsetOf(words(command));
    }

    private static String page(Command command) throws IOException {
        return ManPage.text(command, "0", Files.readString(PROSE.resolve(command.word() + ".1")));
    }

    /** A page without its markup of single characters. */
    private static String plain(String page) {
        return page.replace("\\-", "-").replaceAll("\\\\f[BIR]", "");
    }

    private static Set<String> mentioned(String text) {
        Set<String> options = new TreeSet<>();
        OPTION.matcher(text).results().forEach(found -> options.add(found.group()));
        return options;
    }

    private static Set<String> words(Command command) {
        Set<String> words = new TreeSet<>();
        CommandOption.of(command).forEach(option -> words.add("--" + option.word()));
        return words;
    }

    /** Why a command is refused with an option; empty if it is not. */
    private static String refusal(Command command, String option) {
        try {
            settings(command, CommandLine.parse(command, List.of(option, "source", "target")));
            return "";
        } catch (UsageException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static RunSettings settings(Command command, CommandLine line) throws UsageException {
        return switch (command) {
            case FCP -> FcpSettings.of(line).run();
            case FSUM -> FsumSettings.of(line).run();
        };
    }

    /** What bash offers behind some words, of which the last is not complete. */
    private List<String> completions(Command command, String... words) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("completion"), BashCompletion.text(command));
        List<String> arguments = new ArrayList<>(List.of(
                "bash",
                "-uc",
                ". \"$1\"; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _$1;"
                        + " ((${#COMPREPLY[@]} == 0)) || printf '%s\\n' \"${COMPREPLY[@]}\"",
                "bash",
                file.toString(),
                command.word()));
        arguments.addAll(List.of(words));
        return output(arguments.toArray(new String[0])).lines().toList();
    }

    private static boolean isInstalled(String program) throws IOException, InterruptedException {
        return !output("sh", "-c", "command -v " + program + " || true").isEmpty();
    }

    /** All that a program says; it must succeed. */
    private static String output(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }
}
