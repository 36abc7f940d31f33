/**
 * What a run is to do, decided once at rank 0 and sent to all ranks: immutable records, and the rules that lead to
 * them.
 *
 * <pre>
 *   paths of the command line
 *     PathRules.roots     each SOURCE and what it becomes; refuses what cannot be
 *       Place             of a top: the directory to open (base), and a name in it
 *       Nesting, WalkExtent    is the destination inside its source, and would the walk get there?
 *       MountedBelow      mount points below each source
 *       LeftRuns          what unfinished runs keep in .fcp of each source
 *     Plan                the roots, which of their entries (Selection), what is done with them, and how
 *       TaskPlan          what: CopyPlan, SumPlan or DiscardPlan
 *       RunOptions        how: checkpoints, chunks, workers, intervals
 *   encode  to  Message.Start  to  decode at every rank
 *   encode  to  journal.Checkpoint, for a run that resumes
 * </pre>
 *
 * <ul>
 *   <li>All that several ranks must agree on is in the plan, found out once: a rank never decides for itself what is
 *       left out, where a file system begins, or when the run began.
 *   <li>A {@code UsageException} is thrown before anything is touched; its message is one line for the user.
 *   <li>When a run resumes, only {@code RunOptions} and the places of the roots are replaced, never what is done.
 *   <li>No class asks which {@code TaskPlan} it has: the frame asks it questions ({@code hasTargets}). The targets of a
 *       run that only reads cannot be opened ({@code work.Roots}).
 * </ul>
 *
 * <p><b>Nesting.</b> A destination may lie below its source where the copy never gets there. {@code Nesting} finds the
 * paths in the source at which DEST's directory is, by the mount table too, since a bind mount hides it from whoever
 * climbs by {@code ..}; each is confirmed by identity. {@code WalkExtent} says whether the walk enters one
 * ({@code --exclude}, {@code -x}; a list of {@code --files-from} is not known yet). {@code work.walk.WalkDirectory}
 * looks again.
 *
 * <p><b>File systems</b> are named by the inodes of the top and of what is mounted below it ({@code Mounted}). That
 * holds for all ranks and for a resumed run; a device number means something to one process alone.
 *
 * <p><b>Names of runs.</b> {@code RunNames} is the one place that says which names are a run's: {@code .fcp/ID},
 * {@code .fcp.ID/ID}, {@code .fcp.ID.HASH}, {@code .fcp.ID.HASH+}.
 *
 * <p>No threads here. Files are only looked at, at rank 0 before the start.
 */
@NullMarked
package org.pcircle.plan;

import org.jspecify.annotations.NullMarked;
