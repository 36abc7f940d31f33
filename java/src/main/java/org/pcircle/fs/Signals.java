package org.pcircle.fs;

import org.jspecify.annotations.Nullable;
import org.pcircle.jni.Native;

/**
 * The signals that ask for a checkpoint and the end of the run, as people, batch systems, mpirun and closed terminals
 * send them; of SIGINT a second one ends the process at once.
 */
public final class Signals {

    /** Their numbers on Linux; the C side has the same list. */
    private enum Stop {
        SIGHUP(1),
        SIGINT(2),
        SIGUSR1(10),
        SIGUSR2(12),
        SIGTERM(15),
        SIGXCPU(24);

        private final int number;

        Stop(int number) {
            this.number = number;
        }
    }

    private Signals() {}

    /** Notes these signals from now on; the launcher does so from its start. */
    public static void note() throws FileException {
        FileException.check(Operation.OPEN, Native.catchSignals());
    }

    /** The name of the first signal that came; null if none has. */
    public static @Nullable String received() {
        int signal = Native.caughtSignal();
        if (signal == 0) {
            return null;
        }
        for (Stop stop : Stop.values()) {
            if (stop.number == signal) {
                return stop.name();
            }
        }
        return "signal " + signal;
    }

    /** Whether a word is the name of one of these signals. */
    public static boolean isName(String word) {
        for (Stop stop : Stop.values()) {
            if (stop.name().equals(word)) {
                return true;
            }
        }
        return false;
    }
}
