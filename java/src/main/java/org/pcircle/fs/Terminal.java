package org.pcircle.fs;

import org.pcircle.jni.Native;

/** The terminal of standard error, if it is one. */
public final class Terminal {

    private static final int STANDARD_ERROR = 2;

    private Terminal() {}

    /** Whether standard error is a terminal. */
    public static boolean isThere() {
        return Native.terminalColumns(STANDARD_ERROR) >= 0;
    }

    /** The width of the terminal in characters; 0 if unknown. */
    public static int columns() {
        return Math.max(0, Native.terminalColumns(STANDARD_ERROR));
    }
}
