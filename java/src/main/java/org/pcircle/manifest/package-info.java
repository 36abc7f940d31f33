/**
 * Signature files and manifests: what is known of every entry of a tree, in the order of paths, written, read and
 * compared. docs/signature.md defines the formats.
 *
 * <pre>
 *   ManifestRecord, sorted   to  ManifestWriter       to  a manifest
 *   a manifest               to  ManifestReader       to  entries, one by one
 *   ManifestRecord, sorted,
 *   and ManifestReader       to  ManifestComparison   to  lines: changed, missing, extra
 * </pre>
 *
 * <p>Streams only: nothing is kept that grows with the tree or with a file; files are opened by others. For one thread
 * at a time. Of one path the order of records is: that it could not be read, what it is, its leaves.
 *
 * <p>A reader recomputes the signature from the entries, and their digests from the leaves, and only then is anything
 * compared: so a manifest that was damaged or edited is refused ({@code MalformedManifestException}) rather than
 * believed.
 */
@NullMarked
package org.pcircle.manifest;

import org.jspecify.annotations.NullMarked;
