package org.pcircle.manifest;

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

/**
 * The file that {@code --output} writes, as docs/signature.md defines it: a line of text for each property. A manifest
 * begins with the same lines.
 *
 * @param entries number of entries that the signature covers
 * @param files of them
 * @param directories of them
 * @param symlinks of them
 * @param bytes of data in all files
 * @param leaves whether a manifest has the digests of leaves, too
 * @param paths as the user gave them
 */
public record SignatureFile(
        Signature signature,
        Instant date,
        long entries,
        long files,
        long directories,
        long symlinks,
        long bytes,
        boolean leaves,
        List<byte[]> paths) {

    public SignatureFile {
        paths = List.copyOf(paths);
    }

    static final String SIGNATURE = "signature";
    static final String DEFINITION = "definition";
    static final String LEAVES = "leaves";
    static final String PATH = "path";

    /** The file for a tree that has been summed up. */
    public static SignatureFile of(
            Signature signature, DatasetSum signed, Instant date, boolean leaves, List<byte[]> paths) {
        return new SignatureFile(
                signature,
                date,
                signed.entries(),
                signed.entries(EntryType.REGULAR),
                signed.entries(EntryType.DIRECTORY),
                signed.entries(EntryType.SYMLINK),
                signed.dataBytes(),
                leaves,
                paths);
    }

    public void write(OutputStream file) throws IOException {
        StringBuilder text = new StringBuilder();
        line(SIGNATURE, signature.toString(), text);
        line(DEFINITION, Integer.toString(Signature.VERSION), text);
        line("digest", signature.algorithm().label(), text);
        line("date", date.truncatedTo(ChronoUnit.SECONDS).toString(), text);
        line("entries", Long.toString(entries), text);
        line("files", Long.toString(files), text);
        line("directories", Long.toString(directories), text);
        line("symlinks", Long.toString(symlinks), text);
        line("bytes", Long.toString(bytes), text);
        if (leaves) {
            line(LEAVES, "yes", text);
        }
        for (byte[] path : paths) {
            line(PATH, PathText.shown(path), text);
        }
        file.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void line(String key, String value, StringBuilder text) {
        text.append(key).append(": ").append(value).append('\n');
    }
}
