package org.pcircle.cli.console;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.StandardStream;
import org.pcircle.fs.Terminal;
import org.pcircle.fs.UserOutput;
import org.pcircle.report.Progress;
import org.pcircle.report.ProgressReport;

/**
 * The terminal, at the one rank that speaks: results on stdout; warnings, errors and progress on stderr, each line with
 * the command's name, and what else there is to say. UTF-8 whatever the locale, as file names are.
 */
public final class Console {

    private static final long BAR_INTERVAL_NS = 500_000_000L;
    private static final long PLAIN_INTERVAL_NS = 10_000_000_000L;
    private static final int COLUMNS_MIN = 20;
    private static final int COLUMNS_DEFAULT = 80;
    private static final int COLUMNS_MAX = 1000;
    private static final String CLEAR_LINE = "\r\033[K";

    private final String command;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    private boolean barShown;
    private volatile boolean hasLostResults;
    private volatile boolean hasLostErrors;

    /** @param command whose name begins each line on stderr */
    public Console(String command) {
        this.command = command;
    }

    /** Prints a line or several on stdout. */
    public void result(String text) {
        lines((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Whether some of the results could not be written. */
    public boolean hasLostResults() {
        return hasLostResults;
    }

    /** Whether the output has no reader any more, as with {@code | head}. */
    public boolean isReaderGone() {
        return hasLostResults && StandardStream.isReaderGone();
    }

    /** Prints whole lines, each with its end, in one write, as on stderr, since both streams may be one file. */
    public void lines(byte[] text) {
        clearBar();
        out.write(text, 0, text.length);
        if (out.checkError()) {
            hasLostResults = true;
        }
    }

    /**
     * A standard stream for a document of the user: written line by line, so that no other output gets into the middle
     * of a line.
     *
     * @param descriptor 1 or 2
     */
    public UserOutput stream(int descriptor) {
        return new LineStream(descriptor == StandardStream.OUTPUT ? this::lines : this::errorLines);
    }

    /** Whether output to stderr could not be written. */
    public boolean hasLostErrors() {
        return hasLostErrors;
    }

    private void errorLines(byte[] text) {
        clearBar();
        err.write(text, 0, text.length);
        if (err.checkError()) {
            hasLostErrors = true;
        }
    }

    /** Prints a note on stderr. */
    public void note(String text) {
        errorLines((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Prints a message on stderr, behind the name of the command. */
    public void error(String text) {
        note(command + ": " + text);
    }

    /** Prints the failure that ends this process; for a lack of memory only that. */
    public void internalError(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                error("out of memory: " + cause.getMessage());
                return;
            }
        }
        error("internal error, please report: " + failure);
        failure.printStackTrace(err);
    }

    /**
     * Shows progress now and then, depending on the kind; the first time after one interval.
     *
     * @param jsonIntervalNs the interval of JSON lines
     */
    public ProgressLine progress(ProgressKind kind, Progress progress, long jsonIntervalNs, long nowNs) {
        return new ProgressLine(kind, progress, jsonIntervalNs, nowNs);
    }

    /** The progress line of one run. */
    public final class ProgressLine {

        private final Progress progress;
        private final ProgressKind kind;
        private final long intervalNs;
        private volatile long nextNs;

        private ProgressLine(ProgressKind kind, Progress progress, long jsonIntervalNs, long nowNs) {
            this.kind = kind != ProgressKind.AUTO ? kind : Terminal.isThere() ? ProgressKind.BAR : ProgressKind.PLAIN;
            this.progress = progress;
            this.intervalNs = switch (this.kind) {
                case BAR -> BAR_INTERVAL_NS;
                case JSON -> jsonIntervalNs;
                default -> PLAIN_INTERVAL_NS;
            };
            this.nextNs = nowNs + intervalNs;
        }

        /** Prints the ID with which the run can be resumed. */
        public void begin(String id) {
            if (kind == ProgressKind.BAR || kind == ProgressKind.PLAIN) {
                error("run " + id);
            }
        }

        /** Whether it is time for the next line. */
        public boolean isDue(long nowNs) {
            return kind != ProgressKind.NONE && nowNs - nextNs >= 0;
        }

        /** Shows the counters of all ranks. */
        public void show(long[] counters, long nowNs) {
            ProgressReport report = progress.at(counters, nowNs);
            switch (kind) {
                case BAR -> {
                    // A line that ends in the last column would wrap on some terminals.
                    err.print(CLEAR_LINE + report.text(columns(COLUMNS_DEFAULT) - 1));
                    err.flush();
                    barShown = true;
                }
                case JSON -> note(report.json(false));
                default -> error(report.text(columns(COLUMNS_MAX) - command.length() - ": ".length()));
            }
            nextNs = nowNs + intervalNs;
        }

        /** Ends the progress; JSON gets a last object. */
        public void end(long[] counters, long nowNs) {
            if (kind == ProgressKind.JSON) {
                note(progress.last(counters, nowNs).json(true));
            }
        }
    }

    /** The number of columns: of the terminal, else of the environment, else {@code byDefault}. */
    private static int columns(int byDefault) {
        int columns = Terminal.columns();
        if (columns == 0) {
            columns = columnsOf(System.getenv("COLUMNS"));
        }
        return columns == 0 ? byDefault : Math.max(COLUMNS_MIN, columns);
    }

    private static int columnsOf(@Nullable String variable) {
        try {
            return variable == null ? 0 : Math.min(COLUMNS_MAX, Math.max(0, Integer.parseInt(variable)));
        } catch (NumberFormatException e) {
            return 0; // not a number: ignored
        }
    }

    private void clearBar() {
        if (barShown) {
            err.print(CLEAR_LINE);
            err.flush();
            barShown = false;
        }
    }
}
