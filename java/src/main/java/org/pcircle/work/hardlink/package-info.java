/**
 * Entries with several names ({@code --preserve=links}): each is copied once and linked.
 *
 * <pre>
 *   round copy:    each name found goes to owner = hash(device, inode) mod ranks     HardLinkNames, at most 128 KiB
 *                  where targets may be kept, SkipKeptNames looks first, and kept names take no part
 *   owner:         names are spooled
 *   round linked:  CopyFirstNames     sorts the spool; names of one entry stand together
 *                                     the first name of each is copied, as a batch or a large file
 *   round links:   SpawnHardLinks     reads the sorted spool again
 *                  CreateHardLinks    first name, up to 128 others: link(2) each; may be stolen
 * </pre>
 *
 * <p>A name is {@code HardLinkName}: root, directory, record. Encoded, device and inode come first, so sorting as bytes
 * brings the names of an entry together. Memory: a mebibyte of the spool, and 8.5 MiB while it is sorted, however many
 * names there are.
 *
 * <p>Where no link can be made (EPERM, EMLINK, EXDEV, EOPNOTSUPP), or the first name is not there, each further name
 * becomes an entry of its own: counted as a lost attribute, and a fault where the user has named {@code links}. What
 * stands in the target is not replaced before it is known to be nobody else's ({@code filesystem/name_folding.h}).
 *
 * <p>Nothing here costs a run without hard links anything per item.
 */
@NullMarked
package org.pcircle.work.hardlink;

import org.jspecify.annotations.NullMarked;
