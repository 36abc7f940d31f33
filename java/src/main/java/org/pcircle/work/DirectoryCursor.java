package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.DirectoryStream;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;

/**
 * The position in a directory that is listed one buffer at a time. Between two buffers only the offset is kept, so that
 * any number of listings may wait. Where offsets do not outlive a descriptor, the open directory is kept and the
 * listing stays with its rank. A checkpoint holds the offset, or else the number of entries passed: these are skipped
 * if the directory has not changed since.
 *
 * @param position 0: the start, or unknown
 * @param passed number of entries before it
 * @param modifiedSeconds mtime of the directory after its first entries, if offsets do not last
 * @param modifiedNanoseconds besides
 * @param open the open directory, taken over by the next reader; null: to be opened
 */
public record DirectoryCursor(
        long position,
        long passed,
        long modifiedSeconds,
        int modifiedNanoseconds,
        @Nullable DirectoryStream open) {

    public static final DirectoryCursor START = new DirectoryCursor(0, 0, 0, 0, null);

    public static final int ENCODED_BYTES = 3 * Long.BYTES + Integer.BYTES;

    /** Opens the directory. */
    public interface Opening {
        DirectoryStream open() throws FileException;
    }

    /**
     * One buffer of entries.
     *
     * @param listed the records at the start of the worker's buffer
     * @param next position of the next entries, unless these were the last
     */
    public record Step(DirectoryStream.Listed listed, DirectoryCursor next) {}

    /**
     * Describes the next entries.
     *
     * @param records the buffer that gets them
     * @throws FileException of {@link Operation#COMPARE} if the place cannot be found again
     */
    public Step read(Opening opening, ByteBuffer records) throws FileException {
        DirectoryStream directory = open != null ? open : opening.open();
        boolean isKept = false;
        try {
            DirectoryCursor here = open != null ? this : find(directory, records);
            DirectoryStream.Listed listed = directory.list(records);
            DirectoryCursor next = here.behind(listed, directory, records);
            isKept = next.open != null;
            return new Step(listed, next);
        } finally {
            if (!isKept) {
                directory.close();
            }
        }
    }

    /** Goes to this place in a directory that was just opened. */
    private DirectoryCursor find(DirectoryStream directory, ByteBuffer records) throws FileException {
        if (position != 0) {
            directory.goTo(position);
            return this;
        }
        if (passed == 0) {
            return this;
        }
        Entry now = Entry.of(directory.describe(new byte[0]));
        if (now.modifiedSeconds() != modifiedSeconds || now.modifiedNanoseconds() != modifiedNanoseconds) {
            throw new FileException(Operation.COMPARE, 0);
        }
        for (long left = passed; left > 0; ) {
            DirectoryStream.Listed listed = directory.list(records);
            left -= count(listed, records);
            if (left < 0 || (listed.atEnd() && left > 0)) {
                throw new FileException(Operation.COMPARE, 0);
            }
        }
        return this;
    }

    private DirectoryCursor behind(DirectoryStream.Listed listed, DirectoryStream directory, ByteBuffer records)
            throws FileException {
        if (listed.atEnd()) {
            return START;
        }
        OptionalLong reached = directory.position();
        long now = passed + count(listed, records);
        if (reached.isPresent()) {
            return new DirectoryCursor(reached.getAsLong(), now, 0, 0, null);
        }
        if (passed > 0) {
            return new DirectoryCursor(0, now, modifiedSeconds, modifiedNanoseconds, directory);
        }
        Entry described = Entry.of(directory.describe(new byte[0]));
        return new DirectoryCursor(0, now, described.modifiedSeconds(), described.modifiedNanoseconds(), directory);
    }

    private static int count(DirectoryStream.Listed listed, ByteBuffer records) {
        Entry entry = new Entry();
        int count = 0;
        for (int at = 0; at < listed.bytes(); at += entry.recordBytes()) {
            entry.wrap(records, at);
            count++;
        }
        return count;
    }

    public void write(ByteBuffer target) {
        target.putLong(position).putLong(passed).putLong(modifiedSeconds).putInt(modifiedNanoseconds);
    }

    public static DirectoryCursor read(ByteBuffer source) {
        return new DirectoryCursor(source.getLong(), source.getLong(), source.getLong(), source.getInt(), null);
    }
}
