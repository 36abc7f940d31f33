package org.pcircle.fs;

import org.pcircle.jni.Native;

/**
 * What libraries print on this process's stdout and stderr, held back while they start: if one of them ends the process, the launcher
 * makes one line of it.
 */
public final class HeldOutput implements AutoCloseable {

    private boolean isDropped;

    private HeldOutput() {}

    /** Holds back what is printed until this is closed; then it is printed. */
    public static HeldOutput hold() {
        Native.holdOutput();
        return new HeldOutput();
    }

    /** It will not be printed. */
    public void drop() {
        isDropped = true;
    }

    @Override
    public void close() {
        Native.releaseOutput(!isDropped);
    }
}
