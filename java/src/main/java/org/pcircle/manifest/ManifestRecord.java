package org.pcircle.manifest;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.EntryType;
import org.pcircle.digest.LeafRuns;
import org.pcircle.digest.LeafRuns.LeafRun;
import org.pcircle.digest.Metadata;
import org.pcircle.digest.SignedEntry;
import org.pcircle.fs.PathOrder;
import org.pcircle.wire.Wire;

/**
 * A fact about an entry. Workers make records in any order; encoded, they are sorted and then read in the order of
 * paths. The order for one path: that it could not be read, what it is, its leaves.
 *
 * <pre>
 *   0           4      4+n    5+n
 *   | path bytes | path | kind | leaf u64 | length u32, count u64, digest | …      leaves
 *                              | type, bytes u64, has metadata, metadata, digest   entry
 * </pre>
 */
public sealed interface ManifestRecord {

    byte[] path();

    /** An entry, or a directory's list of what is in it, could not be read. */
    record Unread(byte[] path) implements ManifestRecord {}

    record Entry(SignedEntry entry) implements ManifestRecord {
        @Override
        public byte[] path() {
            return entry.path();
        }
    }

    /** Some leaves of a file. */
    record Leaves(byte[] path, LeafRuns leaves) implements ManifestRecord {}

    byte UNREAD = 0;
    byte ENTRY = 1;
    byte LEAVES = 2;

    /** The record as it is sent and sorted. */
    default byte[] encoded() {
        ByteBuffer target = ByteBuffer.allocate(encodedBytes());
        Wire.writeBytes(path(), target);
        if (this instanceof Unread) {
            target.put(UNREAD);
        } else if (this instanceof Entry found) {
            write(found.entry(), target.put(ENTRY));
        } else if (this instanceof Leaves found) {
            target.put(LEAVES).putLong(found.leaves().first());
            for (LeafRun run : found.leaves().runs()) {
                target.putInt(run.digest().length).putLong(run.count()).put(run.digest());
            }
        }
        return target.array();
    }

    private int encodedBytes() {
        int bytes = Wire.encodedBytes(path()) + 1;
        if (this instanceof Entry found) {
            int metadataBytes = found.entry().metadata() == null ? 0 : Metadata.ENCODED_BYTES;
            bytes += 2 + Long.BYTES + metadataBytes + found.entry().content().length;
        } else if (this instanceof Leaves found) {
            bytes += Long.BYTES;
            for (LeafRun run : found.leaves().runs()) {
                bytes += Integer.BYTES + Long.BYTES + run.digest().length;
            }
        }
        return bytes;
    }

    private static void write(SignedEntry entry, ByteBuffer target) {
        Metadata metadata = entry.metadata();
        target.put(entry.type().letter()).putLong(entry.bytes()).put((byte) (metadata == null ? 0 : 1));
        if (metadata != null) {
            metadata.write(target);
        }
        target.put(entry.content());
    }

    /**
     * Reads a record from the remaining bytes of a buffer.
     *
     * @throws IllegalArgumentException or {@link org.pcircle.wire.MalformedMessageException} or
     *     {@link java.nio.BufferUnderflowException} if it is none
     */
    static ManifestRecord read(ByteBuffer source) {
        byte[] path = Wire.readBytes(source);
        byte kind = source.get();
        return switch (kind) {
            case UNREAD -> new Unread(path);
            case ENTRY -> new Entry(readEntry(path, source));
            case LEAVES -> new Leaves(path, readLeaves(source));
            default -> throw new IllegalArgumentException("record of kind " + kind);
        };
    }

    private static SignedEntry readEntry(byte[] path, ByteBuffer source) {
        EntryType type = EntryType.of(source.get());
        if (type == null) {
            throw new IllegalArgumentException("entry of no known type");
        }
        long bytes = source.getLong();
        @Nullable Metadata metadata = source.get() == 0 ? null : Metadata.read(source);
        return new SignedEntry(type, path, Wire.readBytes(source.remaining(), source), bytes, metadata);
    }

    private static LeafRuns readLeaves(ByteBuffer source) {
        LeafRuns leaves = new LeafRuns(source.getLong());
        while (source.hasRemaining()) {
            int length = source.getInt();
            leaves.add(source.getLong(), Wire.readBytes(length, source));
        }
        return leaves;
    }

    /** The order of encoded records, each the remaining bytes of a buffer. */
    static int compare(ByteBuffer a, ByteBuffer b) {
        int aStart = a.position() + Integer.BYTES;
        int bStart = b.position() + Integer.BYTES;
        int aLength = a.getInt(a.position());
        int bLength = b.getInt(b.position());
        int byPath = PathOrder.compare(a.slice(aStart, aLength), b.slice(bStart, bLength));
        if (byPath != 0) {
            return byPath;
        }
        byte kind = a.get(aStart + aLength);
        int byKind = kind - b.get(bStart + bLength);
        return byKind != 0 || kind != LEAVES
                ? byKind
                : Long.compare(a.getLong(aStart + aLength + 1), b.getLong(bStart + bLength + 1));
    }
}
