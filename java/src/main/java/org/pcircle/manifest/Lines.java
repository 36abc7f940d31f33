package org.pcircle.manifest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Takes the lines of a file one by one, as bytes. */
final class Lines {

    private static final int BUFFER_BYTES = 64 * 1024;
    /** Longer than any path; a longer line is malformed. */
    private static final int LINE_BYTES_MAX = 4 << 20;

    private final InputStream file;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private long number;

    Lines(InputStream file) {
        this.file = file;
    }

    /** The next line, without its end; null at the end of the file. */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (from == to && !fill()) {
                if (line.size() > 0) {
                    throw malformed("a line without an end: the file was cut off");
                }
                return null;
            }
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, from, end - from);
            from = end;
            if (end < to) {
                from++;
                number++;
                return line.toByteArray();
            }
            if (line.size() > LINE_BYTES_MAX) {
                throw malformed("a line of more than 4 MiB");
            }
        }
    }

    /** An exception for the line that was read last. */
    MalformedManifestException malformed(String what) {
        return new MalformedManifestException("line " + number + ": " + what);
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, file.read(buffer));
        return to > 0;
    }
}
