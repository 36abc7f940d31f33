package org.pcircle.work;

import java.util.ArrayList;
import java.util.List;
import org.pcircle.circle.Notice;

/** To rank 0, which puts them in order: encoded {@link org.pcircle.manifest.ManifestRecord}s. */
record ManifestFound(List<byte[]> records) implements Notice {

    /** Bytes in one notice, unless a single record is longer. */
    private static final int BYTES_MAX = 128 * 1024;

    /** Any number of records, in notices that are not too large for a message. */
    static List<ManifestFound> inPieces(List<byte[]> records) {
        List<ManifestFound> pieces = new ArrayList<>();
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < records.size(); i++) {
            bytes += records.get(i).length;
            if (bytes > BYTES_MAX && i > from) {
                pieces.add(new ManifestFound(List.copyOf(records.subList(from, i))));
                from = i;
                bytes = records.get(i).length;
            }
        }
        if (from < records.size()) {
            pieces.add(new ManifestFound(List.copyOf(records.subList(from, records.size()))));
        }
        return pieces;
    }
}
