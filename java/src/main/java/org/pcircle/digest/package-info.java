/**
 * The signature of a tree, as docs/signature.md defines it. No I/O and no threads: bytes come from whoever has read
 * them.
 *
 * <pre>
 *   leaf (1 MiB of a file)   Hasher      to  digest
 *   leaves, in any order     FileSum     to  digest of the file
 *   entry                    SignedEntry to  record
 *   records, in any order    DatasetSum  to  Signature
 * </pre>
 *
 * <p>Sums are commutative: ranks add entries, and owners add ranges, in whatever order they come; sums of parts add up
 * to the sum of all. With SHA-256 the sum is LtHash over 1024 lanes of 16 bits, collision resistant; with XXH64 it
 * detects accidents. A sum cannot be taken apart, so each leaf and each entry is added exactly once.
 *
 * <p>The sum counts entries and bytes besides, for the signature file, as the counters of a copy count hard links, and
 * entries that are up to date, by themselves.
 *
 * <p>Data is hashed from the buffer it was read into, once. Leaves of zeros have a known digest and are not read.
 * Naming an {@code Algorithm} loads none of it.
 */
@org.jspecify.annotations.NullMarked
package org.pcircle.digest;
