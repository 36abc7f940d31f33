/**
 * Manifests of fsum ({@code --manifest}, {@code --check}): records of all entries, brought to rank 0 and into the order
 * of paths.
 *
 * <pre>
 *   any worker:            EntryDigester makes a ManifestRecord of each entry, of the leaves of a range,
 *                          of an entry that cannot be read
 *   its rank:              ManifestRecords to rank 0, at most 128 KiB a notice, each acknowledged (Ack)
 *   rank 0:                spooled as they come
 *   round manifest:        SortManifest    sorts the spool, a step an item
 *                                          then hands records in order to the ManifestSink, a block an item
 *   ManifestSink:          writer of a manifest, comparison with another one, or both
 * </pre>
 *
 * <p>A comparison is a merge of two sorted streams, so nothing grows with the tree or with a file. All records pass
 * through rank 0: some 100 bytes an entry. Records travel no faster than rank 0 writes them down.
 *
 * <p>An entry that could not be read has a record of its own, which sorts before all that lies below it: nothing there
 * is called missing.
 */
@NullMarked
package org.pcircle.work.manifest;

import org.jspecify.annotations.NullMarked;
