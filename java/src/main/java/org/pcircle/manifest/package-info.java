/**
 * What is known of every entry of a tree, written down in the order of their paths, and compared. The formats are those of
 * docs/signature.md; files are streams here, opened by others.
 */
@NullMarked
package org.pcircle.manifest;

import org.jspecify.annotations.NullMarked;
