package org.pcircle.manifest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.LeafRuns.LeafRun;
import org.pcircle.digest.Metadata;
import org.pcircle.digest.SignedEntry;
import org.pcircle.fs.EscapedPath;

/** Writes a manifest, as docs/signature.md draws it, from records in their order. */
public final class ManifestWriter {

    /** Written for the empty path of the top of a single tree. */
    static final byte[] TOP = {'.'};

    static final int NANOSECOND_DIGITS = 9;

    private final OutputStream file;

    /** Leaves not written yet, since more equal ones may follow. */
    private @Nullable LeafRun pending;

    /**
     * Writes the beginning.
     *
     * @param file buffered, and closed by the caller
     */
    public ManifestWriter(OutputStream file, SignatureFile header) throws IOException {
        this.file = file;
        header.write(file);
        file.write('\n');
    }

    public void take(ManifestRecord record) throws IOException {
        if (record instanceof ManifestRecord.Leaves leaves) {
            for (LeafRun run : leaves.leaves().runs()) {
                write(run);
            }
        } else if (record instanceof ManifestRecord.Entry found) {
            writePending();
            write(found.entry());
        } else {
            throw new IllegalArgumentException("a manifest has all that is there: " + record);
        }
    }

    /** Writes the last leaves. */
    public void end() throws IOException {
        writePending();
        file.flush();
    }

    private void write(SignedEntry entry) throws IOException {
        StringBuilder start = new StringBuilder();
        start.append((char) entry.type().letter()).append(' ').append(entry.bytes());
        start.append(' ').append(HexFormat.of().formatHex(entry.content())).append(' ');
        Metadata metadata = entry.metadata();
        if (metadata != null) {
            start.append(Integer.toOctalString(metadata.mode())).append(' ');
            start.append(Integer.toUnsignedString(metadata.owner())).append(' ');
            start.append(Integer.toUnsignedString(metadata.group())).append(' ');
            start.append(metadata.seconds()).append('.');
            String nanoseconds = Integer.toString(metadata.nanoseconds());
            start.append("0".repeat(NANOSECOND_DIGITS - nanoseconds.length()))
                    .append(nanoseconds)
                    .append(' ');
        }
        file.write(start.toString().getBytes(StandardCharsets.US_ASCII));
        file.write(entry.path().length == 0 ? TOP : EscapedPath.of(entry.path()));
        file.write('\n');
    }

    private void write(LeafRun run) throws IOException {
        if (pending != null && Arrays.equals(pending.digest(), run.digest())) {
            pending = new LeafRun(pending.count() + run.count(), run.digest());
        } else {
            writePending();
            pending = run;
        }
    }

    private void writePending() throws IOException {
        if (pending == null) {
            return;
        }
        String times = pending.count() == 1 ? "" : " x" + pending.count();
        String line = " " + HexFormat.of().formatHex(pending.digest()) + times + "\n";
        file.write(line.getBytes(StandardCharsets.US_ASCII));
        pending = null;
    }
}
