package org.pcircle.work.largefile;

import java.nio.ByteBuffer;
import org.pcircle.digest.LeafRuns;
import org.pcircle.fs.FileException;
import org.pcircle.fs.SourceFile;
import org.pcircle.fs.VerifyFile;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;

/**
 * What the items of ranges ask of their file and their worker, so that they can be tested without either.
 * {@link WorkerLargeFile} asks the file system.
 */
interface LargeFileContext {

    /**
     * Copies a range into the target, under its temporary name.
     *
     * @return bytes that are done; less than the range at the end of the source, after a chunk of data, or when stopped
     */
    long copyRange(long from, long to) throws FileException;

    /**
     * Opens the source.
     *
     * @param writes whether the target gets what is read
     */
    SourceFile source(boolean writes) throws FileException;

    /** Opens the target to read it back. */
    VerifyFile readBack() throws FileException;

    /** The worker's direct buffer: room for at least a leaf, and for two where data is verified. */
    ByteBuffer io();

    /** Whether the item is asked to give back what is unfinished. */
    boolean isStopped();

    /** Whether an operation failed only because the worker was stopped. */
    boolean gaveUp(FileException e);

    /** Bytes that {@link #copyRange} has copied since the last call of this method. */
    long takeBytes();

    /** A failure of the file, at the path where it happened. */
    Fault fault(FileException e);

    /** The file's path in the target, as the user would write it. */
    byte[] shownTarget();

    /** Adds the digests of a range to the manifest. */
    void addLeaves(LeafRuns leaves, ItemResult result);

    /** The rank of the worker. */
    int rank();
}
