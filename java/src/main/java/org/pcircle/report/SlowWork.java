package org.pcircle.report;

/**
 * A slow piece of work: a large file, from its creation to its end, or a batch of small entries.
 *
 * @param path of the file, or of the directory that the entries are in, in the source
 * @param entries number of entries
 * @param ns duration in nanoseconds
 */
public record SlowWork(byte[] path, int entries, long bytes, long ns) {}
