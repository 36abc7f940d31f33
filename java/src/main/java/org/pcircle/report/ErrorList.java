package org.pcircle.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Errno;
import org.pcircle.fs.PathText;

/**
 * The list of entries that failed, at rank 0: every one as a line of JSON in a file that is opened when the first one
 * comes, and the first few on the terminal.
 *
 * <pre>
 *   {"path":"a/b","operation":"open","errno":"EACCES","message":"open: Permission denied"}
 * </pre>
 *
 * <p>A path that is no valid UTF-8 is shown with its other bytes as {@code \ooo}, and is exact in {@code "pathBase64"}.
 */
public final class ErrorList implements Consumer<Fault>, AutoCloseable {

    /** Faults shown on the terminal before the rest is left to the file. */
    public static final int SHOWN_MAX = 20;

    private final byte[] file;
    private final Opening opening;
    private final int shownMax;
    private final Consumer<String> terminal;

    /** Opens the file. */
    public interface Opening {
        OutputStream open() throws IOException;
    }

    private @Nullable JsonGenerator json;
    private @Nullable IOException failure;
    private long count;

    /** By operation and errno, of which there are a few hundred at most. */
    private final Map<String, Long> kinds = new TreeMap<>();

    /**
     * @param file as the user knows it
     * @param opening opens it for the first fault
     * @param shownMax how many faults are shown on the terminal
     * @param terminal takes a line for the user
     */
    public ErrorList(byte[] file, Opening opening, int shownMax, Consumer<String> terminal) {
        this.file = file;
        this.opening = opening;
        this.shownMax = shownMax;
        this.terminal = terminal;
    }

    @Override
    public void accept(Fault fault) {
        count++;
        kinds.merge(
                fault.isVanished()
                        ? "vanished"
                        : fault.operation().label() + (fault.errno() == 0 ? "" : ": " + Errno.name(fault.errno())),
                1L,
                Long::sum);
        if (count <= shownMax) {
            terminal.accept(fault.toString());
        } else if (count == shownMax + 1L) {
            terminal.accept("more errors follow in " + PathText.shown(file));
        }
        try {
            write(fault);
        } catch (IOException e) {
            if (failure == null) {
                failure = e;
                terminal.accept(PathText.shown(file) + ": the error list cannot be written: " + e.getMessage());
            }
        }
    }

    /** Where the faults are; null if there were none or the file could not be written. */
    public @Nullable String fileWritten() {
        return count > 0 && failure == null ? PathText.shown(file) : null;
    }

    /** How many faults there were of each kind. */
    public Map<String, Long> kinds() {
        return Collections.unmodifiableMap(kinds);
    }

    @Override
    public void close() throws IOException {
        if (json != null) {
            json.close();
        }
    }

    private void write(Fault fault) throws IOException {
        if (json == null) {
            json = new JsonFactory().createGenerator(opening.open());
            json.setRootValueSeparator(new SerializedString(""));
        }
        String exact = PathText.exact(fault.path());
        json.writeStartObject();
        json.writeStringField("path", exact != null ? exact : PathText.shown(fault.path()));
        if (exact == null) {
            json.writeStringField("pathBase64", Base64.getEncoder().encodeToString(fault.path()));
        }
        json.writeStringField("operation", fault.operation().label());
        if (fault.errno() != 0) {
            json.writeStringField("errno", Errno.name(fault.errno()));
        }
        if (fault.to() > 0) {
            json.writeNumberField("from", fault.from());
            json.writeNumberField("to", fault.to());
        }
        if (fault.isVanished()) {
            json.writeBooleanField("vanished", true);
        }
        json.writeStringField("message", fault.message());
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush(); // A run that is killed has written its faults.
    }
}
