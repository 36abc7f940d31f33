package org.pcircle.cli.doc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pcircle.cli.option.Command;
import org.pcircle.cli.option.CommandLine;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.report.ExitCode;

/**
 * What is written by hand, README and docs/ above all, agrees with the options, the exit codes, the sources and itself.
 */
class DocumentsTest {

    private static final Path TOP = Path.of("..");

    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]*");

    /** A code span that is one or two letters behind a dash, perhaps with an argument. */
    private static final Pattern LETTERS = Pattern.compile("`-([A-Za-z0-9]{1,2})(?: [^`]*)?`");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    /** A word that is the argument of an option, or one of several, in a code span. */
    private static final Pattern CHOICE = Pattern.compile("(?<=[`=|,])([a-z_0-9]+)(?=[`|,])");

    private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");

    /** A command of ours behind a prompt or a launcher. */
    private static final Pattern EXAMPLE = Pattern.compile("(?:^|[\\s/])((?:fcp|fsum) .*)");

    private static final Pattern WORD = Pattern.compile("(?:[^\\s']|'[^']*')+");

    /** Options of other programs, of which the documents tell, too. */
    private static final Set<String> FOREIGN = Set.of(
            "--map-by",
            "--bind-to",
            "--mca",
            "--mpi",
            "--in",
            "--scale",
            "--json",
            "--plots",
            "--test",
            "--oversubscribe",
            "--allow-run-as-root",
            "--hostfile",
            "--nodes",
            "--ntasks",
            "--ntasks-per-node",
            "--cpus-per-task",
            "--signal",
            "--time",
            "--jobs",
            "--output-on-failure",
            "--build",
            "--test-dir",
            "--reflink",
            "--info",
            "--dryrun",
            "--link-dest");

    /** Letters of other programs: of cp, rsync, fpsync and mpirun. */
    private static final Set<String> FOREIGN_LETTERS = Set.of("H", "S", "X", "A", "r", "np", "b", "e", "l", "L", "z");

    static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (String name : List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "ARCHITECTURE.md")) {
            documents.add(TOP.resolve(name));
        }
        documents.addAll(pages());
        return documents;
    }

    /** Those of docs/. */
    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(TOP.resolve("docs"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aDocumentNamesNoOptionThatIsNot(Path document) throws IOException {
        Set<String> known = new TreeSet<>(FOREIGN);
        Set<String> letters = new TreeSet<>();
        for (Command command : Command.values()) {
            for (CommandOption option : CommandOption.of(command)) {
                known.add("--" + option.word());
                letters.add(String.valueOf(option.letter()));
            }
            for (String alias : CommandOption.aliases(command)) {
                known.add("--" + alias);
                letters.add(alias);
            }
        }
        String text = Files.readString(document);

        assertThat(mentioned(text)).isSubsetOf(known);
        for (String bundle : found(LETTERS, text)) {
            if (!FOREIGN_LETTERS.contains(bundle)) {
                assertThat(bundle.split("")).as("-" + bundle).isSubsetOf(letters);
            }
        }
    }

    @Test
    void everyOptionAndEachOfItsChoicesIsInADocumentForUsers() throws IOException {
        String text = forUsers();
        Set<String> mentioned = mentioned(text);
        List<String> letters = found(LETTERS, text);
        List<String> spans = found(CODE_SPAN, text);
        List<String> choices = found(CHOICE, text);
        for (Command command : Command.values()) {
            for (CommandOption option : CommandOption.of(command)) {
                assertThat(mentioned).contains("--" + option.word());
                if (option.letter() != null) {
                    assertThat(letters).contains(option.letter().toString());
                }
                for (String alias : option.aliases()) {
                    assertThat(spans).contains(CommandOption.dashed(alias));
                }
                if (option.argument() != null) {
                    assertThat(choices)
                            .as(option.synopsis())
                            .containsAll(option.argument().words());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void theParserTakesEveryExample(Path document) throws IOException {
        for (String example : examples(Files.readString(document))) {
            List<String> words = found(WORD, example).stream()
                    .map(word -> word.replace("'", ""))
                    .toList();
            Command command = Command.valueOf(words.get(0).toUpperCase(Locale.ROOT));
            assertThatCode(() -> CommandLine.parse(command, words.subList(1, words.size())))
                    .as(example)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void thereAreExamplesToTake() throws IOException {
        assertThat(examples(forUsers())).hasSizeGreaterThan(40);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aLinkLeadsToAFileAndAHeading(Path document) throws IOException {
        for (String link : found(LINK, Files.readString(document))) {
            if (link.contains("://")) {
                continue;
            }
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
            assertThat(target).as(link).exists();
            if (parts.length == 2) {
                assertThat(anchors(target)).as(link).contains(parts[1]);
            }
        }
    }

    @Test
    void theReadmeLinksToEveryPage() throws IOException {
        List<Path> linked = new ArrayList<>();
        for (String link : found(LINK, Files.readString(TOP.resolve("README.md")))) {
            linked.add(TOP.resolve(link));
        }
        assertThat(linked).containsAll(pages());
    }

    @Test
    void theTableOfExitCodesIsComplete() throws IOException {
        String page = Files.readString(TOP.resolve("docs/options.md"));
        List<String> codes = found(Pattern.compile("^\\| (\\d+) \\|", Pattern.MULTILINE), page);

        assertThat(codes)
                .containsExactlyElementsOf(Arrays.stream(ExitCode.values())
                        .map(code -> String.valueOf(code.code()))
                        .toList());
    }

    /**
     * In the first column, between backquotes, with an ellipsis for what differs; what others say has their name before
     * it.
     */
    @Test
    void theMessagesToBeginTroubleshootingFromAreOurs() throws IOException {
        String sources = ownSources();
        List<String> pieces = new ArrayList<>();
        for (String line : Files.readAllLines(TOP.resolve("docs/troubleshooting.md"))) {
            if (line.startsWith("| `")) {
                String message = line.substring("| `".length(), line.indexOf('`', "| `".length()));
                pieces.addAll(List.of(message.split("\u2026")));
            }
        }
        assertThat(pieces)
                .hasSizeGreaterThan(20)
                .allSatisfy(piece -> assertThat(sources).contains(piece.strip().replaceAll("^: |[:?]$", "")));
    }

    /**
     * All strings that a command may say, those of the C library among them, with the seams between literals taken
     * away.
     */
    private static String ownSources() throws IOException {
        StringBuilder text = new StringBuilder(
                "open: Permission denied open: No such file or directory Too many open files stopped: the destination is full");
        for (String folder : List.of("src/main/java", "src/openmpi/java", "../native/src/main/launcher")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    text.append(Files.readString(file));
                }
            }
        }
        return text.toString().replaceAll("\"\\s*\\+\\s*\"", "");
    }

    /** README and all of docs/. */
    private static String forUsers() throws IOException {
        StringBuilder text = new StringBuilder(Files.readString(TOP.resolve("README.md")));
        for (Path page : pages()) {
            text.append(Files.readString(page));
        }
        return text.toString();
    }

    /** The commands of ours in blocks of code, without comments and what other commands stand beside them. */
    private static List<String> examples(String text) {
        List<String> examples = new ArrayList<>();
        for (String line : found(Pattern.compile("^ {4}(.*)$", Pattern.MULTILINE), text)) {
            for (String command : line.replaceAll("(^| )#.*", "").split("[|&;]")) {
                examples.addAll(found(EXAMPLE, command));
            }
        }
        examples.removeIf(example -> example.contains("[OPTION]"));
        return examples;
    }

    private static Set<String> mentioned(String text) {
        Set<String> options = new TreeSet<>();
        OPTION.matcher(text).results().forEach(found -> options.add(found.group()));
        return options;
    }

    /** What the first group of a pattern holds at each of its places, or all of it if it has no groups. */
    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(Math.min(1, found.groupCount())))
                .toList();
    }

    /** The anchors of a document's headings, as GitHub makes them. */
    private static List<String> anchors(Path document) throws IOException {
        return found(Pattern.compile("^#+ (.*)$", Pattern.MULTILINE), Files.readString(document)).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
