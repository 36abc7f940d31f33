package org.pcircle.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The other implementation of docs/signature.md, which reads trees from the disk. */
public final class SignatureReader {

    private SignatureReader() {}

    /** The signature of trees of this folder, without their names. */
    public static String read(Path folder, String digest, String... trees) {
        List<String> words = new ArrayList<>(List.of("--digest", digest));
        words.addAll(List.of(trees));
        String line = PythonScript.of("signature.py", words.toArray(String[]::new))
                .in(folder)
                .run()
                .assertCode(0)
                .out();
        assertThat(line).endsWith("  " + String.join(" ", trees) + "\n");
        return line.substring(0, line.indexOf(' '));
    }
}
