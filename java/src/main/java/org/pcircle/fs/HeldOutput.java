package org.pcircle.fs;

import org.pcircle.jni.Native;

/**
 * Holds back what libraries print on stdout and stderr while they start. If one of them ends the process, the launcher
 * makes one line of it.
 */
public final class HeldOutput implements AutoCloseable {

    private boolean isDropped;

    private HeldOutput() {}

    /** Holds back all output until this is closed; then prints it. */
    public static HeldOutput hold() {
        Native.holdOutput();
        return new HeldOutput();
    }

    /** Drops the output held so far. */
    public void drop() {
        isDropped = true;
    }

    @Override
    public void close() {
        if (isDropped) {
            Native.dropOutput();
        } else {
            Native.releaseOutput();
        }
    }
}
