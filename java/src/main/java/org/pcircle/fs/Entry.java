package org.pcircle.fs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A flyweight over entry records, the native layer's description of a directory entry: it holds a buffer and an offset,
 * and reads fields in place. The layout is drawn in {@code entry.h}. A record is in the byte order of the machine, so
 * ranks of one run share an architecture.
 */
public final class Entry {

    /** Offsets of the fields, by their names in C. */
    private static final int RECORD_BYTES = 0;

    private static final int TYPE = 2;
    private static final int OPERATION = 3;
    private static final int NAME_BYTES = 4;
    private static final int ERROR = 6;
    private static final int SIZE = 8;
    private static final int MTIME_S = 16;
    private static final int MTIME_NS = 32;
    private static final int MODE = 40;
    private static final int OUTCOME = 42;
    private static final int NLINK = 44;
    private static final int UID = 48;
    private static final int GID = 52;
    private static final int INO = 56;
    private static final int DEV_MAJOR = 64;
    private static final int DEV_MINOR = 68;
    private static final int RDEV_MAJOR = 72;
    private static final int RDEV_MINOR = 76;
    private static final int NAME = 80;

    /** A record's bytes before its name. */
    public static final int HEADER_BYTES = NAME;

    /** The largest record: a name of 255 bytes, its NUL, padded to 8. */
    public static final int BYTES_MAX = 336;

    /** Directory entry types, as in {@code d_type} of readdir(3). */
    public static final int DIRECTORY = 4;

    public static final int FIFO = 1;
    public static final int CHARACTER_DEVICE = 2;
    public static final int BLOCK_DEVICE = 6;
    public static final int REGULAR = 8;
    public static final int SYMLINK = 10;
    public static final int SOCKET = 12;

    /** All bits of a mode that are not its type. */
    private static final int PERMISSIONS = 07777;

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int offset;

    /** Views the record at {@code offset} of {@code buffer}, which must be in native byte order. */
    public Entry wrap(ByteBuffer buffer, int offset) {
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

    /** Views the only record in {@code record}. */
    public static Entry of(byte[] record) {
        return new Entry().wrap(ByteBuffer.wrap(record).order(ByteOrder.nativeOrder()), 0);
    }

    public int recordBytes() {
        return buffer.getShort(offset + RECORD_BYTES) & 0xffff;
    }

    public int type() {
        return buffer.get(offset + TYPE);
    }

    public boolean isDirectory() {
        return type() == DIRECTORY;
    }

    /** What became of it. */
    public Outcome outcome() {
        return buffer.get(offset + OPERATION) != 0 ? Outcome.FAILED : Outcome.of(buffer.get(offset + OUTCOME));
    }

    /** The operation that failed, or {@link Operation#COMPARE} if the entry has changed. Only of an entry with one of these outcomes. */
    public Operation operation() {
        return outcome() == Outcome.CHANGED ? Operation.COMPARE : Operation.of(buffer.get(offset + OPERATION));
    }

    /** The error number that goes with {@link #operation()}. */
    public int error() {
        return buffer.getShort(offset + ERROR) & 0xffff;
    }

    /** Notes what failed. */
    public void failed(Operation operation) {
        buffer.put(offset + OPERATION, (byte) operation.number());
    }

    /** Forgets an outcome, so that the record is as it was listed. */
    public void clearOutcome() {
        buffer.put(offset + OPERATION, (byte) 0)
                .putShort(offset + ERROR, (short) 0)
                .put(offset + OUTCOME, (byte) 0);
    }

    public byte[] name() {
        byte[] name = new byte[buffer.getShort(offset + NAME_BYTES) & 0xffff];
        buffer.get(offset + NAME, name);
        return name;
    }

    public boolean nameBeginsWith(byte[] start) {
        if ((buffer.getShort(offset + NAME_BYTES) & 0xffff) < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (buffer.get(offset + HEADER_BYTES + i) != start[i]) {
                return false;
            }
        }
        return true;
    }

    /** Bytes of data: the length of a regular file, 0 for other types. */
    public long dataBytes() {
        return type() == REGULAR ? buffer.getLong(offset + SIZE) : 0;
    }

    /** Bytes of content, when it has been copied: the data of a regular file, the path in a symbolic link. */
    public long contentBytes() {
        return type() == REGULAR || type() == SYMLINK ? buffer.getLong(offset + SIZE) : 0;
    }

    public int mode() {
        return buffer.getShort(offset + MODE) & 0xffff;
    }

    /** Sets the permission bits. */
    public void permissions(int mode) {
        buffer.putShort(offset + MODE, (short) ((mode() & ~PERMISSIONS) | (mode & PERMISSIONS)));
    }

    /** Seconds of the modification time since 1970. */
    public long modifiedSeconds() {
        return buffer.getLong(offset + MTIME_S);
    }

    /** Nanoseconds of the modification time. */
    public int modifiedNanoseconds() {
        return buffer.getInt(offset + MTIME_NS);
    }

    public int owner() {
        return buffer.getInt(offset + UID);
    }

    public int group() {
        return buffer.getInt(offset + GID);
    }

    /** Number of hard links. */
    public int links() {
        return buffer.getInt(offset + NLINK);
    }

    public long inode() {
        return buffer.getLong(offset + INO);
    }

    /** Major and minor number of the file system's device, in one. */
    public long device() {
        return ((long) buffer.getInt(offset + DEV_MAJOR) << 32) | (buffer.getInt(offset + DEV_MINOR) & 0xffffffffL);
    }

    /** Whether both records are of one inode. */
    public boolean isSame(Entry other) {
        return inode() == other.inode() && device() == other.device();
    }

    /** The major number of a character or block device. */
    public int specialMajor() {
        return buffer.getInt(offset + RDEV_MAJOR);
    }

    /** The minor number of a character or block device. */
    public int specialMinor() {
        return buffer.getInt(offset + RDEV_MINOR);
    }

    /**
     * The size in the status, which is not the length of some regular files (procfs); the difference is kept in place
     * of a device number.
     */
    private long saidBytes() {
        long unsaid = ((long) specialMajor() << 32) | (specialMinor() & 0xffffffffL);
        return buffer.getLong(offset + SIZE) - (type() == REGULAR ? unsaid : 0);
    }

    /** Whether type, size and modification time are the same as before, so that its data is unchanged. */
    public boolean isUnchangedSince(Entry before) {
        return type() == before.type()
                && saidBytes() == before.saidBytes()
                && buffer.getLong(offset + MTIME_S) == before.buffer.getLong(before.offset + MTIME_S)
                && buffer.getInt(offset + MTIME_NS) == before.buffer.getInt(before.offset + MTIME_NS);
    }

    /** A copy of the record. */
    public byte[] copy() {
        byte[] record = new byte[recordBytes()];
        buffer.get(offset, record);
        return record;
    }
}
