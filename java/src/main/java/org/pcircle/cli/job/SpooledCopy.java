package org.pcircle.cli.job;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * A copy of data from a pipe, to be read again: a file without a name in TMPDIR or /tmp, which vanishes with the
 * process.
 */
final class SpooledCopy {

    private final FileChannel file;

    private SpooledCopy(FileChannel file) {
        this.file = file;
    }

    static SpooledCopy create() throws IOException {
        String directory = System.getenv("TMPDIR");
        Path path = Path.of(directory == null || directory.isEmpty() ? "/tmp" : directory, "fsum-" + UUID.randomUUID());
        return new SpooledCopy(FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    }

    /** A stream that copies all that is read from it. */
    InputStream of(InputStream source) {
        return new FilterInputStream(source) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                int count = super.read(bytes, from, length);
                for (ByteBuffer read = ByteBuffer.wrap(bytes, from, Math.max(0, count)); read.hasRemaining(); ) {
                    file.write(read);
                }
                return count;
            }
        };
    }

    /** The copy, from its beginning; once. */
    InputStream read() throws IOException {
        return Channels.newInputStream(file.position(0));
    }
}
