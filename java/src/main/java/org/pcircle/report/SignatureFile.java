package org.pcircle.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.pcircle.digest.DatasetSum;
import org.pcircle.digest.EntryType;
import org.pcircle.digest.Signature;
import org.pcircle.fs.PathText;

/** The file that {@code --output} writes, as docs/signature.md draws it: a line of text for each thing there is to know. */
public final class SignatureFile {

    private SignatureFile() {}

    /**
     * Writes the file, and closes it.
     *
     * @param paths as the user gave them
     */
    public static void write(
            OutputStream file, Signature signature, DatasetSum signed, List<byte[]> paths, Instant date)
            throws IOException {
        StringBuilder text = new StringBuilder();
        line("signature", signature.toString(), text);
        line("definition", Integer.toString(Signature.VERSION), text);
        line("digest", signature.algorithm().label(), text);
        line("date", date.truncatedTo(ChronoUnit.SECONDS).toString(), text);
        line("entries", Long.toString(signed.entries()), text);
        line("files", Long.toString(signed.entries(EntryType.REGULAR)), text);
        line("directories", Long.toString(signed.entries(EntryType.DIRECTORY)), text);
        line("symlinks", Long.toString(signed.entries(EntryType.SYMLINK)), text);
        line("bytes", Long.toString(signed.dataBytes()), text);
        for (byte[] path : paths) {
            line("path", PathText.shown(path), text);
        }
        try (file) {
            file.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void line(String key, String value, StringBuilder text) {
        text.append(key).append(": ").append(value).append('\n');
    }
}
