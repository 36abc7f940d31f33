package org.pcircle.manifest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.Signature;
import org.pcircle.fs.EscapedPath;

/** The line that fsum and {@code fcp --signature} print: a signature, two spaces, the paths as the user gave them. */
final class ResultLine {

    private static final byte SEPARATOR = ' ';

    private ResultLine() {}

    /**
     * The line as a signature file that says nothing of entries. All behind the signature is taken as one path: the
     * line does not tell a space in a path from one between two paths.
     *
     * @return null if it is no such line
     */
    static @Nullable SignatureFile read(byte[] line) {
        int end = 0;
        while (end < line.length && line[end] != SEPARATOR) {
            end++;
        }
        Signature signature = Signature.parse(new String(line, 0, end, StandardCharsets.ISO_8859_1));
        if (signature == null || end + 2 >= line.length || line[end + 1] != SEPARATOR) {
            return null;
        }
        byte[] path = EscapedPath.read(Arrays.copyOfRange(line, end + 2, line.length));
        return path == null ? null : new SignatureFile(signature, Instant.EPOCH, 0, 0, 0, 0, 0, false, List.of(path));
    }
}
