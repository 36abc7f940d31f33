package org.pcircle.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table of error numbers against the C library: its header for the names, its strerror for the texts. */
class ErrnoTest {

    @Test
    void everyErrorNumberOfTheSystemHasItsNameAndText() throws Exception {
        Map<Integer, String> names = new TreeMap<>();
        for (String line : answerOf("#include <errno.h>\n", "gcc", "-E", "-dM", "-x", "c", "-")
                .lines()
                .toList()) {
            String[] words = line.split(" ");
            if (words.length == 3 && words[1].matches("E[A-Z0-9]+") && words[2].matches("[0-9]+")) {
                names.put(Integer.valueOf(words[2]), words[1]);
            }
        }
        assertTrue(names.size() > 130, names::toString);
        assertEquals(names.size(), Errno.values().length);
        String print = "import os\nfor n in " + names.keySet() + ": print(os.strerror(n))";
        String[] texts = answerOf(print, "python3", "-").split("\n");
        int at = 0;
        for (Map.Entry<Integer, String> errno : names.entrySet()) {
            assertEquals(errno.getValue(), Errno.name(errno.getKey()));
            assertEquals(texts[at++], Errno.message(errno.getKey()));
        }
    }

    @Test
    void aNumberThatIsNoErrorIsSaidAsOne() {
        assertEquals("errno 524", Errno.name(524));
        assertEquals("Unknown error 524", Errno.message(524));
    }

    private static String answerOf(String input, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(UTF_8));
        }
        String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor());
        return answer;
    }
}
