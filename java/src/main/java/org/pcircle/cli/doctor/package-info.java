/** What runs here: versions, the installation, and the examination of a node. */
@NullMarked
package org.pcircle.cli.doctor;

import org.jspecify.annotations.NullMarked;
