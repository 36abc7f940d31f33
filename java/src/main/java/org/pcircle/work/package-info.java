/**
 * What an item of work is and does. Items run on worker threads against a {@link org.pcircle.work.Workbench} and leave
 * what came of them in a {@link org.pcircle.work.Result}; {@link org.pcircle.work.TreeWorkload} applies results on the
 * rank's own thread.
 */
@NullMarked
package org.pcircle.work;

import org.jspecify.annotations.NullMarked;
