package org.pcircle.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The progress of a run: a line for people, or a JSON object for programs, as docs/stats.md defines it.
 *
 * @param entries that are done, up to date, or failed
 * @param entriesFound so far, at least
 * @param bytes of file data, likewise
 * @param isScanned whether everything has been found
 * @param share fraction of the work that is done, 0 to 1; NaN before everything has been found
 * @param entryRate recent entries a second
 * @param entryRateMean since the start
 * @param secondsLeft estimated; NaN if unknown
 * @param faults entries that failed
 */
public record ProgressReport(
        double seconds,
        long entries,
        long entriesFound,
        long bytes,
        long bytesFound,
        boolean isScanned,
        double share,
        double entryRate,
        double byteRate,
        double entryRateMean,
        double byteRateMean,
        double secondsLeft,
        long faults) {

    private static final String GAP = "  ";

    /** Never 100 before the end. */
    private static final int PERCENT_MAX = 99;

    /** A longer estimate is not shown. */
    private static final double SECONDS_LEFT_MAX = 100 * 24 * 3600.0;

    /** A piece of the line; the pieces with the highest rank go first where there is too little room. */
    private record Piece(int rank, String text) {}

    /** For people: a line of at most so many columns. */
    public String text(int columns) {
        List<Piece> pieces = pieces(false);
        if (length(pieces) > columns) {
            pieces = pieces(true);
        }
        while (length(pieces) > columns && pieces.size() > 1) {
            Piece least = pieces.get(0);
            for (Piece piece : pieces) {
                least = piece.rank > least.rank ? piece : least;
            }
            pieces.remove(least);
        }
        StringBuilder line = new StringBuilder();
        for (Piece piece : pieces) {
            line.append(line.length() == 0 ? "" : GAP).append(piece.text);
        }
        return line.substring(0, Math.min(columns, line.length()));
    }

    private List<Piece> pieces(boolean isBrief) {
        String more = isScanned ? "" : "+";
        List<Piece> pieces = new ArrayList<>();
        pieces.add(new Piece(0, Quantity.clock(seconds)));
        if (!Double.isNaN(share)) {
            pieces.add(new Piece(2, percent() + "%"));
        }
        pieces.add(new Piece(5, count(entries, isBrief) + " of " + count(entriesFound, isBrief) + more + " entries"));
        pieces.add(new Piece(3, Quantity.bytes(bytes) + " of " + Quantity.bytes(bytesFound) + more));
        pieces.add(new Piece(4, Quantity.bytes(byteRate) + "/s"));
        pieces.add(new Piece(7, count(Math.round(entryRate), isBrief) + " entries/s"));
        pieces.add(new Piece(
                8,
                "mean " + Quantity.bytes(byteRateMean) + "/s, " + count(Math.round(entryRateMean), isBrief)
                        + " entries/s"));
        if (secondsLeft <= SECONDS_LEFT_MAX) {
            pieces.add(new Piece(6, "ETA " + Quantity.clock(secondsLeft)));
        }
        if (faults > 0) {
            pieces.add(new Piece(1, count(faults, isBrief) + " failed"));
        }
        return pieces;
    }

    private static String count(long count, boolean isBrief) {
        return isBrief ? Quantity.brief(count) : Quantity.count(count);
    }

    private static int length(List<Piece> pieces) {
        int length = -GAP.length();
        for (Piece piece : pieces) {
            length += GAP.length() + piece.text.length();
        }
        return length;
    }

    private int percent() {
        return (int) Math.min(PERCENT_MAX, Math.floor(100 * share));
    }

    /**
     * For programs: one JSON object, without an end of line.
     *
     * @param isLast whether the run is over
     */
    public String json(boolean isLast) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("seconds", seconds);
            json.writeNumberField("entries", entries);
            json.writeNumberField("entriesFound", entriesFound);
            json.writeNumberField("bytes", bytes);
            json.writeNumberField("bytesFound", bytesFound);
            json.writeBooleanField("scanned", isScanned);
            if (!Double.isNaN(share)) {
                json.writeNumberField("share", share);
            }
            json.writeNumberField("entriesPerSecond", entryRate);
            json.writeNumberField("bytesPerSecond", byteRate);
            json.writeNumberField("entriesPerSecondMean", entryRateMean);
            json.writeNumberField("bytesPerSecondMean", byteRateMean);
            if (!Double.isNaN(secondsLeft)) {
                json.writeNumberField("secondsLeft", secondsLeft);
            }
            json.writeNumberField("faults", faults);
            json.writeBooleanField("last", isLast);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string can be written to", e);
        }
        return text.toString();
    }
}
