package org.pcircle.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.pcircle.wire.MalformedMessageException;

/**
 * A block of records in the file of a {@link Spool}, in network byte order. Blocks follow one another without a gap.
 *
 * <pre>
 *   0      4              8        12
 *   | PCSB | record bytes | CRC32C | length u32, record … | length u32, record … | …
 * </pre>
 *
 * <p>{@code record bytes} is the length of everything behind the header, which the checksum covers.
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
        if (source.limit() < HEADER_BYTES || source.getInt(0) != MAGIC) {
            throw new DamagedException("no block begins here");
        }
        int recordBytes = source.getInt(4);
        if (recordBytes < 0 || recordBytes > Integer.MAX_VALUE - HEADER_BYTES) {
            throw new DamagedException("a block is damaged");
        }
        return HEADER_BYTES + recordBytes;
    }

    /**
     * Reads the block that begins at an offset of a file, as {@link BlockFile#read} gives it.
     *
     * @param to end of the last block
     */
    public static <E extends Exception> ByteBuffer at(BlockFile<E> file, long from, long to)
            throws E, DamagedException {
        int bytes = (int) Math.min(to - from, BYTES_MAX);
        ByteBuffer block = file.read(from, bytes);
        int length = length(block);
        if (length > to - from) {
            throw new DamagedException("a block is longer than its file");
        }
        if (length > bytes) {
            block = file.read(from, length);
        }
        return block.limit(Math.min(length, block.limit()));
    }

    /**
     * Passes each record of the block at the start of {@code source} to a consumer, as the remaining bytes of a buffer.
     * A record that the consumer finds too short or malformed counts as damage.
     */
    public static void read(ByteBuffer source, Consumer<ByteBuffer> records) throws DamagedException {
        ByteBuffer body = body(source);
        try {
            while (body.hasRemaining()) {
                records.accept(nextRecord(body));
            }
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | MalformedMessageException e) {
            throw new DamagedException("a block's records are damaged");
        }
    }

    /** What follows the header of the block that begins {@code source}. */
    static ByteBuffer body(ByteBuffer source) throws DamagedException {
        int length = length(source);
        if (length > source.limit() || checksum(source, length - HEADER_BYTES) != source.getInt(8)) {
            throw new DamagedException("a block is damaged");
        }
        return source.duplicate().position(HEADER_BYTES).limit(length);
    }

    /** Takes the next record out of a block's body: a view of it. */
    static ByteBuffer nextRecord(ByteBuffer body) throws DamagedException {
        int recordBytes = body.remaining() < Integer.BYTES ? -1 : body.getInt();
        if (recordBytes < 0 || recordBytes > body.remaining()) {
            throw new DamagedException("a block's records do not fit it");
        }
        ByteBuffer record = body.slice(body.position(), recordBytes);
        body.position(body.position() + recordBytes);
        return record;
    }

    private static int checksum(ByteBuffer block, int bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(block.duplicate().limit(HEADER_BYTES + bytes).position(HEADER_BYTES));
        return (int) checksum.getValue();
    }

    /** A block that was read is not what was written. */
    public static final class DamagedException extends Exception {

        private static final long serialVersionUID = 1;

        public DamagedException(String what) {
            super(what);
        }
    }
}
