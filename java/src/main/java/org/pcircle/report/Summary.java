package org.pcircle.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.PreservedAttribute;

/**
 * The figures of a run at its end.
 *
 * @param id of the run
 * @param exitCode that all ranks return
 * @param stopped why the run was stopped; null if it went to its end
 * @param errorFile path of the error list; null if there are no faults
 * @param seconds from the plan to the end
 * @param counters summed over all ranks
 * @param shares of the ranks; empty if the run did not get so far
 */
public record Summary(
        String id,
        int exitCode,
        @Nullable String stopped,
        @Nullable String errorFile,
        double seconds,
        long[] counters,
        List<RankShare> shares) {

    /** For people: a line or two. */
    public String text() {
        StringBuilder text = new StringBuilder(done(Counter.entries(counters)));
        long restored = Counter.RESTORED_ENTRIES.in(counters);
        if (restored > 0) {
            text.append("; this attempt: ")
                    .append(entries(Counter.entries(counters) - restored))
                    .append(", ")
                    .append(Quantity.bytes(Counter.BYTES.in(counters) - Counter.RESTORED_BYTES.in(counters)));
        }
        text.append(" in ")
                .append(Quantity.seconds(seconds))
                .append(": ")
                .append(Quantity.count(Math.round(entriesPerSecond())))
                .append(" entries/s, ")
                .append(Quantity.bytes(bytesPerSecond()))
                .append("/s");
        appendIfAny(text, Counter.HARD_LINKS, "hard link", "hard links");
        appendIfAny(text, Counter.DELETED, "deleted", "deleted");
        appendIfAny(text, Counter.NOT_DELETED, "not deleted", "not deleted");
        appendIfAny(text, Counter.UP_TO_DATE, "was up to date", "were up to date");
        appendVerified(text);
        appendKept(text, "was kept", "were kept");
        return withFailures(text);
    }

    /** For people: a line or two about a dry run, in which nothing was done and no rate means anything. */
    public String previewText() {
        StringBuilder text = new StringBuilder("would copy ");
        text.append(done(Counter.entries(counters) - Counter.UP_TO_DATE.in(counters) - Counter.kept(counters)));
        appendIfAny(text, Counter.HARD_LINKS, "hard link", "hard links");
        appendIfAny(text, Counter.DELETED, "would be deleted", "would be deleted");
        appendIfAny(text, Counter.NOT_DELETED, "would not be deleted", "would not be deleted");
        appendIfAny(text, Counter.UP_TO_DATE, "is up to date", "are up to date");
        appendKept(text, "would be kept", "would be kept");
        return withFailures(text);
    }

    private String done(long entries) {
        return entries(entries) + " ("
                + Quantity.count(Counter.FILES.in(counters), "file", "files") + ", "
                + Quantity.count(Counter.DIRECTORIES.in(counters), "directory", "directories") + ", "
                + Quantity.count(Counter.SYMLINKS.in(counters), "symlink", "symlinks") + "), "
                + Quantity.bytes(Counter.BYTES.in(counters));
    }

    private void appendIfAny(StringBuilder text, Counter counter, String one, String several) {
        long count = counter.in(counters);
        if (count > 0) {
            text.append("; ").append(Quantity.count(count, one, several));
        }
    }

    private void appendKept(StringBuilder text, String one, String several) {
        appendIfAny(text, Counter.EXISTING_KEPT, "existing in DEST " + one, "existing in DEST " + several);
        appendIfAny(text, Counter.NEWER_KEPT, "newer in DEST " + one, "newer in DEST " + several);
        long newer = Counter.NEWER_KEPT.in(counters);
        if (newer > 0) {
            text.append("; --update=differing replaces ").append(newer == 1 ? "it" : "them");
        }
    }

    private String withFailures(StringBuilder text) {
        if (Counter.FAULTS.in(counters) + Counter.VANISHED.in(counters) > 0) {
            text.append('\n').append(failuresText());
        }
        return text.toString();
    }

    /** For people: how many entries failed or vanished, and the file that lists them. */
    public String failuresText() {
        long faults = Counter.FAULTS.in(counters);
        long vanished = Counter.VANISHED.in(counters);
        String failed = faults > 0 || vanished == 0 ? entries(faults) + " failed" : "";
        String gone = vanished == 0 ? "" : failed.isEmpty() ? entries(vanished) : ", " + Quantity.count(vanished);
        return failed
                + gone
                + (vanished == 0 ? "" : " vanished")
                + (errorFile == null ? "" : "; listed in " + errorFile);
    }

    /** For people: what was left out although not excluded; null if nothing was. */
    public @Nullable String leftOutText() {
        long runs = Counter.LEFT_OUT_RUNS.in(counters);
        long files = Counter.LEFT_OUT_FILES.in(counters);
        if (runs + files == 0) {
            return null;
        }
        String text = "left out: " + (runs == 0 ? "" : Quantity.count(runs) + " ")
                + (runs == 1 ? "unfinished run's files" : "unfinished runs' files");
        return text + (files == 0 ? "" : " (" + Quantity.count(files) + " in the tree)");
    }

    /** Of what this attempt did. */
    private double entriesPerSecond() {
        return (Counter.entries(counters) - Counter.RESTORED_ENTRIES.in(counters)) / Math.max(seconds, 1e-9);
    }

    private double bytesPerSecond() {
        return (Counter.BYTES.in(counters) - Counter.RESTORED_BYTES.in(counters)) / Math.max(seconds, 1e-9);
    }

    private static String entries(long count) {
        return Quantity.count(count, "entry", "entries");
    }

    private void appendVerified(StringBuilder text) {
        long verified = Counter.VERIFIED.in(counters);
        if (verified > 0) {
            text.append("; ").append(Quantity.bytes(verified)).append(" verified");
        }
        long repaired = Counter.REPAIRED.in(counters);
        if (repaired > 0) {
            text.append("; ").append(Quantity.count(repaired)).append(" copied once more, as they differed");
        }
    }

    /** With --verbose given twice: a line for each rank, each one begun with a newline. */
    public String ranksText() {
        StringBuilder text = new StringBuilder();
        for (RankShare share : ranksInOrder()) {
            text.append("\nrank ")
                    .append(share.rank())
                    .append(" on ")
                    .append(share.host())
                    .append(": ")
                    .append(Quantity.count(Counter.entries(share.counters())))
                    .append(" entries, ")
                    .append(Quantity.bytes(Counter.BYTES.in(share.counters())))
                    .append(", workers busy for ")
                    .append(Quantity.seconds(Counter.BUSY_NS.in(share.counters()) / 1e9))
                    .append(", ")
                    .append(Quantity.count(share.requests()))
                    .append(" requests, ")
                    .append(Quantity.count(share.grants()))
                    .append(" grants");
        }
        return text.toString();
    }

    /** For programs: one JSON object and an end of line. */
    public void writeJson(OutputStream target) throws IOException {
        JsonFactory factory = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        try (JsonGenerator json = factory.createGenerator(target)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("id", id);
            json.writeNumberField("exitCode", exitCode);
            if (stopped != null) {
                json.writeStringField("stopped", stopped);
            }
            json.writeNumberField("seconds", seconds);
            json.writeNumberField("entries", Counter.entries(counters));
            writeCounters(json, counters);
            json.writeNumberField("entriesPerSecond", entriesPerSecond());
            json.writeNumberField("bytesPerSecond", bytesPerSecond());
            writeSizes(json, counters);
            json.writeArrayFieldStart("ranks");
            for (RankShare share : ranksInOrder()) {
                writeShare(json, share);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    List<RankShare> ranksInOrder() {
        return shares.stream().sorted(Comparator.comparingInt(RankShare::rank)).toList();
    }

    private static void writeShare(JsonGenerator json, RankShare share) throws IOException {
        json.writeStartObject();
        json.writeNumberField("rank", share.rank());
        json.writeStringField("host", share.host());
        json.writeNumberField("entries", Counter.entries(share.counters()));
        writeCounters(json, share.counters());
        json.writeNumberField("requests", share.requests());
        json.writeNumberField("grants", share.grants());
        json.writeEndObject();
    }

    private static void writeCounters(JsonGenerator json, long[] counters) throws IOException {
        for (Counter counter : Counter.values()) {
            if (counter.compareTo(Counter.MOVED_BUFFERED) < 0) {
                json.writeNumberField(counter.key(), counter.in(counters));
            }
        }
        json.writeObjectFieldStart("methods");
        for (IoMethod method : IoMethod.values()) {
            if (method != IoMethod.AUTO) {
                writeIfAny(json, Counter.movedBy(method), counters);
            }
        }
        json.writeEndObject();
        json.writeObjectFieldStart("notKept");
        for (PreservedAttribute kind : PreservedAttribute.values()) {
            writeIfAny(json, Counter.notPreserved(kind), counters);
        }
        json.writeEndObject();
    }

    private static void writeSizes(JsonGenerator json, long[] counters) throws IOException {
        json.writeObjectFieldStart("fileSizes");
        for (Counter size : FileSizes.COUNTERS) {
            writeIfAny(json, size, counters);
        }
        json.writeEndObject();
    }

    private static void writeIfAny(JsonGenerator json, Counter counter, long[] counters) throws IOException {
        if (counter.in(counters) > 0) {
            json.writeNumberField(counter.key(), counter.in(counters));
        }
    }
}
