package org.pcircle.work;

import java.util.List;
import org.pcircle.circle.Effects;

/** To rank 0, which sorts them: encoded {@link org.pcircle.manifest.ManifestRecord}s. */
public record ManifestRecords(List<byte[]> records) implements WorkNotice<ManifestRecords.Store> {

    /** At rank 0: keeps the records of all entries. */
    public interface Store {
        Effects take(List<byte[]> records);
    }

    @Override
    public Class<Store> part() {
        return Store.class;
    }

    @Override
    public Effects applyTo(Store part, int from) {
        return part.take(records);
    }

    @Override
    public boolean needsAck() {
        return true;
    }

    /** Splits any number of records into notices that fit into a message. */
    public static List<ManifestRecords> inPieces(List<byte[]> records) {
        return Pieces.of(records, record -> record.length).stream()
                .map(ManifestRecords::new)
                .toList();
    }
}
