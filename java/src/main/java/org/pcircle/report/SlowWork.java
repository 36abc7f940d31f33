package org.pcircle.report;

/**
 * Something that took long: a large file, from its opening to its end, or a batch of small entries.
 *
 * @param path of the file, or of the directory that the entries are in, in the source
 * @param entries how many it were
 * @param ns how long it took, in nanoseconds
 */
public record SlowWork(byte[] path, int entries, long bytes, long ns) {}
