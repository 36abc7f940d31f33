package org.pcircle.fs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A flyweight over entry records, the native layer's description of a directory entry: it holds a buffer and an offset and
 * reads the fields where they stand. The layout is drawn in {@code entry.h}. A record is in the byte order of the machine,
 * so ranks of one run share an architecture.
 *
 * <pre>
 *   0 record bytes u16 | 2 type u8 | 3 operation u8 | 4 name bytes u16 | 6 error u16
 *   8 size u64 | 16 mtime s i64 | 24 atime s i64 | 32 mtime ns u32 | 36 atime ns u32
 *  40 mode u32 | 44 links u32 | 48 uid u32 | 52 gid u32 | 56 inode u64
 *  64 device major u32 | 68 minor u32 | 72 special file's major u32 | 76 minor u32 | 80 name, NUL, padding to 8
 * </pre>
 */
public final class Entry {

    /** A record's bytes before its name. */
    public static final int HEADER_BYTES = 80;

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

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int offset;

    /** Looks at the record at {@code offset} of {@code buffer}, which must be in native byte order. */
    public Entry wrap(ByteBuffer buffer, int offset) {
        this.buffer = buffer;
        this.offset = offset;
        return this;
    }

    /** Looks at the one record in {@code record}. */
    public static Entry of(byte[] record) {
        return new Entry().wrap(ByteBuffer.wrap(record).order(ByteOrder.nativeOrder()), 0);
    }

    public int recordBytes() {
        return buffer.getShort(offset) & 0xffff;
    }

    public int type() {
        return buffer.get(offset + 2);
    }

    public boolean isDirectory() {
        return type() == DIRECTORY;
    }

    /** What failed on this entry; NONE if nothing did. */
    public Operation operation() {
        return Operation.of(buffer.get(offset + 3));
    }

    /** The error number that goes with {@link #operation()}. */
    public int error() {
        return buffer.getShort(offset + 6) & 0xffff;
    }

    /** Forgets an outcome, so that the record is as it was listed. */
    public void clearOutcome() {
        buffer.put(offset + 3, (byte) 0).putShort(offset + 6, (short) 0);
    }

    public byte[] name() {
        byte[] name = new byte[buffer.getShort(offset + 4) & 0xffff];
        buffer.get(offset + HEADER_BYTES, name);
        return name;
    }

    /** Bytes of data: of a regular file its length, of anything else none. */
    public long dataBytes() {
        return type() == REGULAR ? buffer.getLong(offset + 8) : 0;
    }

    /** Bytes of what it holds, when it has been copied: of a regular file its data, of a symbolic link its path. */
    public long contentBytes() {
        return type() == REGULAR || type() == SYMLINK ? buffer.getLong(offset + 8) : 0;
    }

    public int mode() {
        return buffer.getInt(offset + 40);
    }

    /** Seconds of the modification time since 1970. */
    public long modifiedSeconds() {
        return buffer.getLong(offset + 16);
    }

    /** Nanoseconds of it besides. */
    public int modifiedNanoseconds() {
        return buffer.getInt(offset + 32);
    }

    public int owner() {
        return buffer.getInt(offset + 48);
    }

    public int group() {
        return buffer.getInt(offset + 52);
    }

    /** How many names it has. */
    public int links() {
        return buffer.getInt(offset + 44);
    }

    public long inode() {
        return buffer.getLong(offset + 56);
    }

    /** Major and minor number of the file system's device, in one. */
    public long device() {
        return ((long) buffer.getInt(offset + 64) << 32) | (buffer.getInt(offset + 68) & 0xffffffffL);
    }

    /** Whether both are one entry, under whatever names. */
    public boolean isSame(Entry other) {
        return inode() == other.inode() && device() == other.device();
    }

    /** The major number of a character or block device. */
    public int specialMajor() {
        return buffer.getInt(offset + 72);
    }

    /** Its minor number. */
    public int specialMinor() {
        return buffer.getInt(offset + 76);
    }

    /** Whether it still has the type, the length and the modification time that it had, so that its data is what it was. */
    public boolean isUnchangedSince(Entry before) {
        return type() == before.type()
                && buffer.getLong(offset + 8) == before.buffer.getLong(before.offset + 8)
                && buffer.getLong(offset + 16) == before.buffer.getLong(before.offset + 16)
                && buffer.getInt(offset + 32) == before.buffer.getInt(before.offset + 32);
    }

    /** A copy of the record. */
    public byte[] copy() {
        byte[] record = new byte[recordBytes()];
        buffer.get(offset, record);
        return record;
    }
}
