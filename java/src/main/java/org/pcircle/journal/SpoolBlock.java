package org.pcircle.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A run of records as it stands in a {@link Spool}'s file, in network byte order. Blocks follow one another without a gap.
 *
 * <pre>
 *   0      4              8        12
 *   | PCSB | record bytes | CRC32C | length u32, record … | length u32, record … | …
 * </pre>
 *
 * <p>{@code record bytes} counts all that follows the header; the checksum covers that.
 */
public final class SpoolBlock {

    public static final int HEADER_BYTES = 12;

    /** A block is sealed when the next record would make it longer, so only a single longer record exceeds this. */
    public static final int BYTES_MAX = 256 * 1024;

    private static final int MAGIC = 0x50435342;

    private SpoolBlock() {}

    /** Bytes that a record takes in a block. */
    static int recordBytes(int length) {
        return Integer.BYTES + length;
    }

    /** Fills in the header of a block whose records are in place, from {@link #HEADER_BYTES} to the limit. */
    static void seal(ByteBuffer block) {
        block.putInt(0, MAGIC);
        block.putInt(4, block.limit() - HEADER_BYTES);
        block.putInt(8, checksum(block, block.limit() - HEADER_BYTES));
    }

    /** The length of the block whose header begins {@code source}. */
    public static int length(ByteBuffer source) throws DamagedException {
        if (source.limit() < HEADER_BYTES || source.getInt(0) != MAGIC || source.getInt(4) < 0) {
            throw new DamagedException("no block begins here");
        }
        return HEADER_BYTES + source.getInt(4);
    }

    /** Hands on the records of the block that begins {@code source}, each as the rest of a buffer. */
    public static void read(ByteBuffer source, Consumer<ByteBuffer> records) throws DamagedException {
        int length = length(source);
        if (length > source.limit() || checksum(source, length - HEADER_BYTES) != source.getInt(8)) {
            throw new DamagedException("a block is damaged");
        }
        ByteBuffer body = source.duplicate().position(HEADER_BYTES).limit(length);
        try {
            while (body.hasRemaining()) {
                int recordBytes = body.getInt();
                ByteBuffer record = body.slice(body.position(), recordBytes);
                body.position(body.position() + recordBytes);
                records.accept(record);
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new DamagedException("a block's records do not fit it");
        }
    }

    private static int checksum(ByteBuffer block, int bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(block.duplicate().limit(HEADER_BYTES + bytes).position(HEADER_BYTES));
        return (int) checksum.getValue();
    }

    /** What was read back is not what was written. */
    public static final class DamagedException extends Exception {

        private static final long serialVersionUID = 1;

        DamagedException(String what) {
            super(what);
        }
    }
}
