/**
 * The signature of a tree, as docs/signature.md defines it: leaves, files, entries, and the sums that join them in any
 * order. No I/O and no threads; the bytes come from whoever has read them.
 */
@org.jspecify.annotations.NullMarked
package org.pcircle.digest;
