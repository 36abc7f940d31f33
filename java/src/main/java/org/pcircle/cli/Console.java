package org.pcircle.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pcircle.cli.RunSettings.ProgressKind;
import org.pcircle.report.Progress;

/**
 * The terminal, at the one rank that speaks: results on stdout; warnings, errors and progress on stderr, each line with the
 * command's name, and what else there is to say. UTF-8 whatever the locale, as file names are.
 */
final class Console {

    private static final long BAR_INTERVAL_NS = 500_000_000L;
    private static final long PLAIN_INTERVAL_NS = 10_000_000_000L;
    private static final String CLEAR_LINE = "\r\033[K";

    private final String command;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    private boolean barShown;

    Console(String command) {
        this.command = command;
    }

    void result(String text) {
        clearBar();
        out.println(text);
    }

    /** Whether some of the results could not be written. */
    boolean hasLostResults() {
        return out.checkError();
    }

    /** Whole lines, each with its end. */
    void lines(byte[] text) {
        clearBar();
        out.write(text, 0, text.length);
        out.flush();
    }

    /** Says something on stderr that is no error. */
    void note(String text) {
        clearBar();
        err.println(text);
    }

    void error(String text) {
        clearBar();
        err.println(command + ": " + text);
    }

    void internalError(Throwable failure) {
        error("internal error, please report: " + failure);
        failure.printStackTrace(err);
    }

    /** Shows progress now and then, depending on the kind; the first time after one interval. */
    ProgressLine progress(ProgressKind kind, long nowNs) {
        return new ProgressLine(kind, nowNs);
    }

    final class ProgressLine {

        private final Progress progress;
        private ProgressKind kind;
        private long nextNs;

        private ProgressLine(ProgressKind kind, long nowNs) {
            this.kind = kind != ProgressKind.AUTO ? kind : isTerminal() ? ProgressKind.BAR : ProgressKind.PLAIN;
            this.progress = new Progress(nowNs);
            this.nextNs = nowNs + intervalNs();
        }

        boolean isDue(long nowNs) {
            return kind != ProgressKind.NONE && nowNs - nextNs >= 0;
        }

        void show(long[] counters, long nowNs) {
            String line = progress.line(counters, nowNs);
            if (kind == ProgressKind.BAR) {
                err.print(CLEAR_LINE + line);
                err.flush();
                barShown = true;
            } else {
                error(line);
            }
            nextNs = nowNs + intervalNs();
        }

        private long intervalNs() {
            return kind == ProgressKind.BAR ? BAR_INTERVAL_NS : PLAIN_INTERVAL_NS;
        }
    }

    private void clearBar() {
        if (barShown) {
            err.print(CLEAR_LINE);
            err.flush();
            barShown = false;
        }
    }

    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
