package org.pcircle.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.PathText;

/**
 * A run as a page for a browser, one file that needs no other: the text and the charts of {@code report.html}, the
 * library that draws, and the figures as JSON.
 *
 * @param command that ran
 * @param workers of each rank
 * @param samples of the run, in order
 * @param errors number of faults of each kind
 */
public record HtmlReport(
        String command, Summary summary, int workers, List<Timeline.Sample> samples, Map<String, Long> errors) {

    private static final int SLOWEST_MAX = 20;

    /** Writes the page. */
    public void write(OutputStream target) throws IOException {
        String page = part("report.html")
                .replace("/*STYLE*/", part("uPlot.min.css"))
                .replace("/*LIBRARY*/", part("uPlot.iife.min.js"))
                .replace("/*FIGURES*/", figures());
        target.write(page.getBytes(StandardCharsets.UTF_8));
    }

    private static String part(String name) throws IOException {
        try (InputStream part = HtmlReport.class.getResourceAsStream(name)) {
            if (part == null) {
                throw new IOException(name + " is missing in this installation");
            }
            return new String(part.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The figures, without a character that would end the element they stand in. */
    private String figures() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("command", command);
            json.writeStringField("id", summary.id());
            json.writeNumberField("exitCode", summary.exitCode());
            if (summary.stopped() != null) {
                json.writeStringField("stopped", summary.stopped());
            }
            json.writeStringField("summary", summary.text());
            json.writeNumberField("seconds", summary.seconds());
            writeSamples(json);
            writeRanks(json);
            writeCounts(json);
            writeSlowest(json);
            json.writeEndObject();
        }
        return text.toString().replace("<", "\\u003c");
    }

    private void writeSamples(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("samples");
        for (Timeline.Sample sample : samples) {
            json.writeStartArray();
            json.writeNumber(sample.seconds());
            json.writeNumber(sample.entries());
            json.writeNumber(sample.bytes());
            json.writeNumber(sample.faults());
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private void writeRanks(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("ranks");
        for (RankShare share : summary.ranksInOrder()) {
            json.writeStartObject();
            json.writeNumberField("rank", share.rank());
            json.writeStringField("host", share.host());
            json.writeNumberField("entries", Counter.entries(share.counters()));
            json.writeNumberField("bytes", Counter.BYTES.in(share.counters()));
            double busy = Counter.BUSY_NS.in(share.counters()) / 1e9 / workers;
            json.writeNumberField("busy", Math.min(1, busy / Math.max(1e-9, summary.seconds())));
            json.writeNumberField("requests", share.requests());
            json.writeNumberField("grants", share.grants());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeCounts(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("sizes");
        for (Counter size : FileSizes.COUNTERS) {
            json.writeNumberField(size.key(), size.in(summary.counters()));
        }
        json.writeEndObject();
        json.writeObjectFieldStart("methods");
        for (IoMethod method : IoMethod.values()) {
            if (method != IoMethod.AUTO) {
                Counter moved = Counter.movedBy(method);
                json.writeNumberField(moved.key(), moved.in(summary.counters()));
            }
        }
        json.writeEndObject();
        json.writeObjectFieldStart("errors");
        for (Map.Entry<String, Long> kind : errors.entrySet()) {
            json.writeNumberField(kind.getKey(), kind.getValue());
        }
        json.writeEndObject();
    }

    private void writeSlowest(JsonGenerator json) throws IOException {
        Slowest slowest = new Slowest(SLOWEST_MAX);
        summary.shares().forEach(share -> slowest.addAll(share.slowest()));
        json.writeArrayFieldStart("slowest");
        for (SlowWork work : slowest.inOrder()) {
            json.writeStartObject();
            json.writeStringField("path", PathText.shown(work.path()));
            json.writeNumberField("entries", work.entries());
            json.writeNumberField("bytes", work.bytes());
            json.writeNumberField("seconds", work.ns() / 1e9);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
