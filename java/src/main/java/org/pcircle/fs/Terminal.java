package org.pcircle.fs;

import org.pcircle.jni.Native;

/** A terminal that may be behind standard error. */
public final class Terminal {

    private static final int STANDARD_ERROR = 2;

    private Terminal() {}

    /** Whether standard error is one. */
    public static boolean isThere() {
        return Native.terminalColumns(STANDARD_ERROR) >= 0;
    }

    /** How wide it is now, in characters; 0 if it is none or does not say. */
    public static int columns() {
        return Math.max(0, Native.terminalColumns(STANDARD_ERROR));
    }
}
