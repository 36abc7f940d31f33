package org.pcircle.fs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What becomes of an entry of the target, or would in a dry run, as bits in an int: whether it is created, or replaces
 * an existing one, and in what that differs; else what is set of it. 0: it is left alone. {@code enum pc_change} of
 * {@code change.h}.
 */
public final class Changes {

    /** It is created; if {@link #REPLACED}, in place of another. */
    public static final int MADE = 1;

    /** An existing entry gives way to it; the other bits say in what that differs. */
    public static final int REPLACED = 1 << 1;

    /** By an earlier attempt of the run; whether and what it replaced is not known. */
    public static final int MADE_BEFORE = 1 << 2;

    /** What else differs is of no account then. */
    public static final int OTHER_TYPE = 1 << 3;

    /** The path in a symbolic link, the number of a device. */
    public static final int OTHER_CONTENT = 1 << 4;

    /** Of a regular file. */
    public static final int OTHER_SIZE = 1 << 5;

    /** The modification time; or none is preserved, and it is that of the copy. */
    public static final int OTHER_TIMES = 1 << 6;

    public static final int OTHER_MODE = 1 << 7;
    public static final int OTHER_OWNER = 1 << 8;
    public static final int OTHER_GROUP = 1 << 9;
    public static final int OTHER_ACL = 1 << 10;
    public static final int OTHER_XATTR = 1 << 11;

    private Changes() {}

    /** The changes of one of several entries, in native byte order. */
    public static int at(int number, ByteBuffer changes) {
        return changes.getShort(number * Short.BYTES) & 0xffff;
    }

    /** Whether the attributes of a kind differ. */
    public static boolean has(int changes, PreservedAttribute kind) {
        return (changes & bits(kind)) != 0;
    }

    /** The part of a buffer from one entry on. */
    public static ByteBuffer from(int number, ByteBuffer changes) {
        int at = number * Short.BYTES;
        return changes.slice(at, changes.capacity() - at).order(ByteOrder.nativeOrder());
    }

    private static int bits(PreservedAttribute kind) {
        return switch (kind) {
            case OWNERSHIP -> OTHER_OWNER | OTHER_GROUP;
            case MODE -> OTHER_MODE;
            case TIMESTAMPS -> OTHER_TIMES;
            case XATTR -> OTHER_XATTR;
            case ACL -> OTHER_ACL;
            case LINKS, LAYOUT -> 0; // of an entry that is made, never set later
        };
    }
}
