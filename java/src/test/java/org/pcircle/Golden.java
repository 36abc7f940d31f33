package org.pcircle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Bytes of a format as a version of it once wrote them, in a resource {@code golden/NAME.hex}: a line for each sample,
 * its bytes in hexadecimal. A change of a format changes the file, and must change the format's version. Records of
 * entries are in native byte order, so the files hold for little-endian hosts.
 */
public final class Golden {

    /** With this set to a directory, files are written there instead of compared. */
    private static final String WRITE = "pcircle.golden.write";

    private Golden() {}

    /** Compares samples, each all of a buffer up to its limit, with the lines of a file. */
    public static void assertUnchanged(String name, List<ByteBuffer> samples) throws IOException {
        List<String> lines = new ArrayList<>();
        for (ByteBuffer sample : samples) {
            byte[] bytes = new byte[sample.limit()];
            sample.get(0, bytes);
            lines.add(HexFormat.of().formatHex(bytes));
        }
        String file = "golden/" + name + ".hex";
        String directory = System.getProperty(WRITE);
        if (directory != null) {
            Path path = Path.of(directory, file);
            Files.createDirectories(path.getParent());
            Files.write(path, lines);
            return;
        }
        try (InputStream golden = Golden.class.getClassLoader().getResourceAsStream(file)) {
            assertThat(golden).as("resource %s", file).isNotNull();
            assertThat(lines)
                    .as("bytes of %s", file)
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.US_ASCII)
                            .lines()
                            .toList());
        }
    }
}
