package org.pcircle.fs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.pcircle.jni.Native;

/**
 * Which methods and attributes work between two directories, found out by trying: {@code struct pc_probe} of
 * {@code probe.h}.
 */
public final class Probe {

    /** Offsets of the fields, by their names in C. */
    private static final int GRANULARITY_NS = 0;

    private static final int TAKEN = 8;
    private static final int HOLES_ERROR = 12;
    private static final int XATTR_ERROR = 16;
    private static final int ACL_ERROR = 20;
    private static final int ERRORS = 24;

    private final ByteBuffer found =
            ByteBuffer.allocateDirect(Native.PROBE_BYTES).order(ByteOrder.nativeOrder());

    Probe() {}

    ByteBuffer buffer() {
        return found;
    }

    /** The granularity of modification times in the target, in nanoseconds. */
    public long granularityNs() {
        return found.getLong(GRANULARITY_NS);
    }

    /** The method that a run chooses for large files. */
    public IoMethod taken() {
        return IoMethod.values()[found.getInt(TAKEN)];
    }

    /** Whether the target keeps holes. */
    public boolean keepsHoles() {
        return found.getInt(HOLES_ERROR) == 0;
    }

    /** Why the target holds no extended attributes of users, an errno; 0: it does. */
    public int xattrError() {
        return -found.getInt(XATTR_ERROR);
    }

    /** Why the target holds no ACLs, an errno; 0: it does. */
    public int aclError() {
        return -found.getInt(ACL_ERROR);
    }

    /** Why a method does not work between the two, an errno; 0: it does. */
    public int error(IoMethod method) {
        return -found.getInt(ERRORS + method.ordinal() * Integer.BYTES);
    }
}
