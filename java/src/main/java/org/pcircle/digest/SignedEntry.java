package org.pcircle.digest;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An entry, as far as a signature covers it.
 *
 * @param path without a slash at its beginning or end; empty for the top of a tree
 * @param content the digest of its content, as {@link FileSum} makes it
 * @param bytes of data of a file; 0 for other types
 * @param metadata null if the signature does not cover it
 */
public record SignedEntry(
        EntryType type,
        byte[] path,
        byte[] content,
        long bytes,
        @Nullable Metadata metadata) {

    private static final byte PLAIN_TAG = 'E';
    private static final byte METADATA_TAG = 'M';
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** An entry without content. */
    public static SignedEntry empty(EntryType type, byte[] path, @Nullable Metadata metadata, Hasher hasher) {
        return new SignedEntry(type, path, FileSum.digest(NOTHING, 0, 0, hasher), 0, metadata);
    }

    /** A device. */
    public static SignedEntry device(
            EntryType type, byte[] path, int major, int minor, @Nullable Metadata metadata, Hasher hasher) {
        ByteBuffer numbers =
                ByteBuffer.allocate(2 * Integer.BYTES).putInt(major).putInt(minor);
        byte[] content = FileSum.digest(numbers, 0, numbers.capacity(), hasher);
        return new SignedEntry(type, path, content, 0, metadata);
    }

    /** The entry record of the definition. */
    byte[] record() {
        int metadataBytes = metadata == null ? 0 : Metadata.ENCODED_BYTES;
        ByteBuffer record = ByteBuffer.allocate(2 + metadataBytes + content.length + path.length);
        record.put(metadata == null ? PLAIN_TAG : METADATA_TAG).put(type.letter());
        if (metadata != null) {
            metadata.write(record);
        }
        return record.put(content).put(path).array();
    }
}
