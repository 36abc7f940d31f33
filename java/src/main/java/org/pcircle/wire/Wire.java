package org.pcircle.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes fields as bytes at the position of a buffer, which moves past them. Malformed bytes raise a
 * {@link MalformedMessageException}, missing ones a {@link BufferUnderflowException}.
 */
public final class Wire {

    /** Written for null in place of an ordinal. */
    private static final byte NO_CONSTANT = -1;

    private Wire() {}

    /** Bytes that {@link #writeBytes} writes. */
    public static int encodedBytes(byte[] bytes) {
        return Integer.BYTES + bytes.length;
    }

    /** Writes a byte string preceded by its 32-bit length. */
    public static void writeBytes(byte[] bytes, ByteBuffer target) {
        target.putInt(bytes.length).put(bytes);
    }

    public static byte[] readBytes(ByteBuffer source) {
        return readBytes(readCount(source, 1), source);
    }

    /** Reads a byte string of known length. */
    public static byte[] readBytes(int length, ByteBuffer source) {
        if (length < 0 || length > source.remaining()) {
            throw new MalformedMessageException("length " + length + " with " + source.remaining() + " bytes left");
        }
        byte[] bytes = new byte[length];
        source.get(bytes);
        return bytes;
    }

    /** Bytes that {@link #writeText} writes. */
    public static int encodedBytes(String text) {
        return Integer.BYTES + utf8(text).length;
    }

    /** Writes a text as its bytes in UTF-8. */
    public static void writeText(String text, ByteBuffer target) {
        writeBytes(utf8(text), target);
    }

    public static String readText(ByteBuffer source) {
        return new String(readBytes(source), StandardCharsets.UTF_8);
    }

    /** Reads a 32-bit count of elements that take at least {@code elementBytes} each of what is left. */
    public static int readCount(ByteBuffer source, int elementBytes) {
        int count = source.getInt();
        if (count < 0 || (long) count * elementBytes > source.remaining()) {
            throw new MalformedMessageException("count " + count + " with " + source.remaining() + " bytes left");
        }
        return count;
    }

    /** Bytes that {@link #writeLongs} writes. */
    public static int encodedBytes(long[] numbers) {
        return Integer.BYTES + Long.BYTES * numbers.length;
    }

    /** Writes numbers of 64 bits preceded by their count. */
    public static void writeLongs(long[] numbers, ByteBuffer target) {
        target.putInt(numbers.length);
        for (long number : numbers) {
            target.putLong(number);
        }
    }

    public static long[] readLongs(ByteBuffer source) {
        long[] numbers = new long[readCount(source, Long.BYTES)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = source.getLong();
        }
        return numbers;
    }

    /** Writes a flag as a byte. */
    public static void writeFlag(boolean flag, ByteBuffer target) {
        target.put((byte) (flag ? 1 : 0));
    }

    public static boolean readFlag(ByteBuffer source) {
        byte flag = source.get();
        if (flag != 0 && flag != 1) {
            throw new MalformedMessageException("neither yes nor no: " + flag);
        }
        return flag == 1;
    }

    /** Writes a constant as a byte, its ordinal. */
    public static void writeConstant(Enum<?> constant, ByteBuffer target) {
        target.put((byte) constant.ordinal());
    }

    /** Reads one of all the constants of an enum. */
    public static <E extends Enum<E>> E readConstant(E[] all, ByteBuffer source) {
        return constant(all, source.get());
    }

    /** Writes a constant, or null, as a byte. */
    public static void writeConstantOrNone(@Nullable Enum<?> constant, ByteBuffer target) {
        target.put((byte) (constant == null ? NO_CONSTANT : constant.ordinal()));
    }

    public static <E extends Enum<E>> @Nullable E readConstantOrNone(E[] all, ByteBuffer source) {
        byte ordinal = source.get();
        return ordinal == NO_CONSTANT ? null : constant(all, ordinal);
    }

    private static <E extends Enum<E>> E constant(E[] all, int ordinal) {
        if (ordinal < 0 || ordinal >= all.length) {
            throw new MalformedMessageException(
                    all.getClass().getComponentType().getSimpleName() + " of number " + ordinal);
        }
        return all[ordinal];
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
