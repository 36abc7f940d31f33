package org.pcircle.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a program left behind when it ended.
 *
 * @param command as it was typed, about
 * @param out what it printed: a character for each byte, as file names may hold any
 * @param err likewise
 */
public record Outcome(String command, int code, String out, String err) {

    /** What a run that can be gone on with begins with. */
    private static final Pattern RUN = Pattern.compile("f(cp|sum): run [\\w-]+");

    public Outcome assertCode(int expected) {
        assertThat(code).as(toString()).isEqualTo(expected);
        return this;
    }

    /**
     * What the command itself says on stderr, line by line, but for the run's name; mpirun has things to say there,
     * too.
     */
    public List<String> complaints() {
        return err.lines()
                .filter(line -> line.startsWith("fcp: ") || line.startsWith("fsum: "))
                .filter(line -> !RUN.matcher(line).matches())
                .toList();
    }

    /** That the command says one thing on stderr, once however many ranks there are, and that it holds these words. */
    public Outcome assertOneComplaint(String... words) {
        assertThat(complaints()).as(toString()).hasSize(1).allSatisfy(line -> {
            for (String word : words) {
                assertThat(line).contains(word);
            }
        });
        return this;
    }

    @Override
    public String toString() {
        return "%s%nexit code %d%n--- stdout%n%s%n--- stderr%n%s".formatted(command, code, out, err);
    }
}
