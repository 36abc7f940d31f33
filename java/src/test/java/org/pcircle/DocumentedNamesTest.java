package org.pcircle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents for developers name is there: types, files and folders. */
class DocumentedNamesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final List<String> FOLDERS =
            List.of("benchmarks", "bin", "cmake", "docs", "java/pom.xml", "java/src", "native/pom.xml", "native/src");

    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");

    /** At least two words written as one, as in BottomUp. */
    private static final Pattern TYPE = Pattern.compile("(?<![\\w-])[A-Z][a-z]+[A-Z][a-z]\\w*");

    private static final Pattern FILE = Pattern.compile("[\\w./-]*\\w\\.(?:c|h|java|cmake|pml)\\b");

    /** Between backquotes, names with a slash between them. */
    private static final Pattern PATH = Pattern.compile("`(\\w[\\w.-]*(?:/[\\w.-]+)+)/?`");

    /** Names of tools. */
    private static final Set<String> FOREIGN = Set.of("NullAway");

    private static final Set<String> PATHS = new HashSet<>();
    private static final Set<String> TYPES = new HashSet<>(FOREIGN);

    @BeforeAll
    static void readTheSources() throws IOException {
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                for (Path file : files.toList()) {
                    String path = ROOT.relativize(file).toString();
                    PATHS.add("/" + path);
                    PATHS.add("/" + path.replaceFirst("\\.(java|c)$", ""));
                    if (path.endsWith(".java")) {
                        DECLARED.matcher(Files.readString(file)).results().forEach(found -> TYPES.add(found.group(1)));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ARCHITECTURE.md", "CONTRIBUTING.md", "native/src/main/c/README.md"})
    void theTypesThatADocumentNamesExist(String document) throws IOException {
        assertThat(found(TYPE, 0, document)).isSubsetOf(TYPES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ARCHITECTURE.md", "CONTRIBUTING.md", "native/src/main/c/README.md"})
    void theFilesAndFoldersThatADocumentNamesExist(String document) throws IOException {
        Set<String> named = found(FILE, 0, document);
        named.addAll(found(PATH, 1, document));

        assertThat(named)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(PATHS).as(name).anyMatch(path -> path.endsWith("/" + name)));
    }

    private static Set<String> found(Pattern pattern, int group, String document) throws IOException {
        Set<String> names = new TreeSet<>();
        pattern.matcher(Files.readString(ROOT.resolve(document)))
                .results()
                .forEach(match -> names.add(match.group(group)));
        return names;
    }
}
