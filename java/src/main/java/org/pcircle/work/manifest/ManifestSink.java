package org.pcircle.work.manifest;

import org.pcircle.digest.DatasetSum;
import org.pcircle.manifest.ManifestRecord;

/**
 * The consumer of all manifest records, at rank 0, when everything has been read. Called by one thread at a time, which
 * it may block. It keeps its failures for the end of the run.
 */
public interface ManifestSink {

    /**
     * Begins; the records will follow in order.
     *
     * @param signed all entries
     * @param isWhole whether everything could be read
     */
    void begin(DatasetSum signed, boolean isWhole);

    void take(ManifestRecord record);

    /** Ends: all records have come. */
    void end();

    /** Whether more records are wanted; false when nobody reads the output any more. */
    boolean isWanted();
}
