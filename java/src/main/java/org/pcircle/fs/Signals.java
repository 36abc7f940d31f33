package org.pcircle.fs;

import org.jspecify.annotations.Nullable;
import org.pcircle.jni.Native;

/**
 * The signals that ask for a checkpoint and the end of the run: SIGTERM and SIGUSR1, as batch systems and mpirun send them, and
 * SIGINT, of which a second one ends the process at once.
 */
public final class Signals {

    private static final int SIGINT = 2;
    private static final int SIGUSR1 = 10;
    private static final int SIGTERM = 15;

    private Signals() {}

    /** Has them noted from now on. Until then the launcher has this process ignore SIGUSR1, which would end a JVM. */
    public static void note() throws FileException {
        FileException.check(Operation.OPEN, Native.catchSignals());
    }

    /** The name of the first that came; null if none did. */
    public static @Nullable String received() {
        int signal = Native.caughtSignal();
        return switch (signal) {
            case 0 -> null;
            case SIGINT -> "SIGINT";
            case SIGUSR1 -> "SIGUSR1";
            case SIGTERM -> "SIGTERM";
            default -> "signal " + signal;
        };
    }

    /** Whether a word is what one of them is called. */
    public static boolean isName(String word) {
        return word.equals("SIGINT") || word.equals("SIGUSR1") || word.equals("SIGTERM");
    }
}
