/*
 * The circle as a model for Spin: termination together with stealing, in all interleavings of a few ranks.
 *
 * The simulator of the tests drives the code itself through many random runs of clusters of any size; this model is not the
 * code, but Spin walks through everything that can happen to it: every order in which messages arrive, every victim a thief
 * may choose, every moment at which an item may be done or a rank may say stop. It follows Rank, StealPolicy, Termination
 * and Tree name by name, so that one can be held against the other. A rank's state is `rank[me]`, called `my`; an inline is
 * the method of its name; `items`, `answer` and so on are the fields of the message that is being taken in.
 *
 * What is as in the code: messages keep their order between two ranks and between no more than two; sending never blocks
 * (a link that fills up is an error, not a wait); one outstanding request, a few random victims, then lifelines, asked and
 * owed; grants take the oldest half away from the giver; counters count without bound (a byte is enough here); waves, two
 * of them equal and balanced, end a round; rounds; Stop from any ranks at any moment; Finish, Final, Exit.
 *
 * What is simpler, and why that leaves nothing out:
 *  - Items are numbers, and a set of them is a byte. A higher number is younger. What follows from which item is fixed (see
 *    "The work"), where it is done is not. A splittable item is the items that it would be cut into.
 *  - A message is taken in, an item handed out or folded back, and a step taken in any order at all: that is more than the
 *    loops of Node and of VirtualCluster allow. A step with nothing due is left out, as it changes nothing.
 *  - All ranks begin at once; one that begins later is one that is slow to take in its messages.
 *  - Wave numbers count modulo 2, as two waves never meet. Counters of files and bytes are not there; Tally is an empty
 *    message, sent at most TALLIES times by a rank, at any moment.
 *
 * Checked by assertions (search for them): a round ends only when no work is left anywhere, or, once stopped, when all that
 * is left is kept by some rank, nothing runs and nothing counted is under way; no item is lost or done twice; whoever waits
 * on a lifeline is owed by the other end; nothing counted reaches a rank that is finishing, nothing at all one that has left,
 * and no message is left when the last rank leaves; if the root has stopped, so has everybody. Checked by Spin itself: no deadlock
 * (invalid end state). With LIVENESS, and deliveries and ranks that are each given their turn now and then (weak fairness):
 * everybody leaves.
 *
 * The planted mistakes show that the checks can fail. ModelTest lists the instances, and runs them all; by hand:
 *
 *     spin -a -DRANKS=3 circle.pml && gcc -O2 -DSAFETY -DNOREDUCE -DCOLLAPSE -o pan pan.c && ./pan -m1000000
 *     spin -t -p -g -DRANKS=3 circle.pml          (replays the run that ended in an error)
 *
 * (Partial order reduction is off, as it has nothing to reduce: all state is global, for the assertions' sake.)
 */

/* ---- The instance: set with -D ---- */

#ifndef RANKS
#define RANKS 3             /* 2, 3 or 4 */
#endif
#ifndef ARITY
#define ARITY 2             /* children per rank; the code's 8 would make every small tree a star */
#endif
#ifndef ATTEMPTS
#define ATTEMPTS 2          /* RANDOM_ATTEMPTS_MAX */
#endif
#ifndef WORKERS
#define WORKERS 1           /* per rank; up to twice as many items are handed out */
#endif
#ifndef TALLIES
#define TALLIES 0           /* that each rank may send */
#endif
#ifndef WORK
#define WORK 2              /* which of the work below */
#endif
/* STOP: any rank may say stop at any moment. LIVENESS: with the formula at the end. */
/* Mistakes: UNCOUNTED_GRANT, BUSY_ANSWER, ONE_WAVE, LEAVE_AT_FINISH, FORGOTTEN_LIFELINE, STOP_UNPROPAGATED, MUTE_WHEN_STOPPED, ENDLESS_WAVES. */

#define ROUNDS 2
#define DEPTH 6             /* of a link */

/* ---- Sets of items, and of ranks, as bits ---- */

#define bit(i) (1 << (i))
#define has(set, i) (((set) >> (i)) & 1)
#define count(set) (has(set, 0) + has(set, 1) + has(set, 2) + has(set, 3) \
                  + has(set, 4) + has(set, 5) + has(set, 6) + has(set, 7))

/** Any member of a set that is not empty: walks up and stays at one of them. */
inline choose(member, set) {
  member = 0;
  do
  :: has(set, member) -> break
  :: (set) >> (member + 1) -> member++
  od
}
