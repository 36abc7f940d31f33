package org.pcircle.work;

import org.pcircle.digest.DatasetSum;
import org.pcircle.manifest.ManifestRecord;

/**
 * What becomes, at rank 0, of the records of all entries when everything has been read. Called by one thread at a time, which
 * it may keep waiting; what fails in it, it keeps for the end of the run.
 */
public interface ManifestUse {

    /**
     * The records will follow in their order.
     *
     * @param signed all entries
     * @param isWhole whether everything could be read
     */
    void begin(DatasetSum signed, boolean isWhole);

    void take(ManifestRecord record);

    /** All have come. */
    void end();

    /** Whether more records would be of any use: nobody may be left who wants what comes of them. */
    boolean isWanted();
}
