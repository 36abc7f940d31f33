/*
 * The circle as a model for Spin: stealing, termination and checkpoints of a few ranks, in every order in which things can
 * happen.
 *
 * The simulator of the tests drives the code itself through many random runs of clusters of any size. This model is not
 * the code, but Spin takes it everywhere: every order of messages, every victim that a thief may choose, every moment at
 * which an item may be done, an epoch may begin or a rank may say stop. It follows Rank, Lifelines, Termination, Epoch,
 * CounterReduction and Tree name by name, so that one can be held against the other: `rank[me]`, called `my`, is the state of a rank; an inline is the method of
 * its name; `assert` is what must hold.
 *
 * As in the code: messages keep their order between two ranks, and only there; sending never waits (a link that is full is
 * an error); one open request, a few random victims, then lifelines, each active at its thief and known at its other end; a grant takes the oldest half away
 * from its giver; what creates work is counted, the counts go up in waves, and two equal and balanced ones end a round;
 * several rounds; Stop from any rank at any moment; Finish and Final until no peer message is under way, then Exit. With
 * EPOCHS the root may begin some, and takes a last one if it was stopped: ranks pause, waves settle that no work is under way,
 * all take their snapshots and then go on; each writes its own at any time after, and the end waits until all have.
 *
 * Simpler than the code, and no less general:
 *  - Items are numbers, the younger the higher, and a set of them is a byte. What follows from an item is fixed, where it
 *    is done is not. A splittable item is the items that it can be cut into.
 *  - Taking in a message, handing out an item, folding it in, and each of the things that a step does come in any order,
 *    but that a step seeks work before it answers the wave: the loops of RankLoop and VirtualCluster allow less. A step that
 *    has nothing to do is left out.
 *  - All ranks begin at once: one that begins late is one that is slow to take in messages.
 *  - A victim is any other rank; the code prefers some.
 *  - Waves are numbered modulo 2. Of the peer messages sent and received only the difference is kept, modulo 256, as it
 *    is all that anybody asks for. There are no counters of files and bytes: a Reduce is empty, and a rank sends REDUCES.
 *  - Epochs have no numbers, every round allows one, and the root writes its record as soon as all files are written.
 *
 * What is checked:
 *  - A round ends only when no work is left anywhere. Once stopped: when nothing runs, no work is under way, and each item
 *    not done is kept by one rank.
 *  - No item is done twice.
 *  - When a rank takes its snapshot no work is under way and all are in the same round. Each item not done is in one
 *    snapshot of the epoch, and none that is done: nothing changes from the first snapshot to the last. So what is restored from
 *    them is the work that was left at that moment, and needs no model of its own.
 *  - Nobody leaves while an epoch is open.
 *  - Whoever relies on a lifeline in the end is a lifeline thief at its other end.
 *  - No work comes to a rank that is finishing, and nothing at all to one that has left. When the last rank leaves, no
 *    message is under way. If the root was stopped, so was everybody.
 *  - Nobody waits for ever: no state without a way on but that all ranks have left (Spin's invalid end states), and with
 *    LIVENESS, that all of them leave in the end, as long as every link delivers and every rank is given its turn now and
 *    then (weak fairness).
 *
 * ModelTest runs the instances, and the planted mistakes, each of which must be found. By hand:
 *
 *     spin -a -DRANKS=3 circle.pml && gcc -O2 -DSAFETY -DNOREDUCE -DCOLLAPSE -DSEPQS -o pan pan.c && ./pan
 *     spin -t -T -DRANKS=3 circle.pml          (what led to the error that was found)
 *
 * Partial order reduction is off: all state is in sight of the assertions, so there is nothing that it could leave out.
 */

/* ---- The instance: each of these may be given with -D ---- */

#ifndef RANKS
#define RANKS 3             /* 2 to 4 */
#endif
#ifndef ARITY
#define ARITY 2             /* of the tree; with the code's 8 it would be a star. 1 makes it a chain. */
#endif
#ifndef WORK
#define WORK 1              /* one of those below */
#endif
#ifndef WORKERS
#define WORKERS 1           /* of a rank; it hands out up to twice as many items */
#endif
#ifndef ATTEMPTS
#define ATTEMPTS 2          /* RANDOM_ATTEMPTS_MAX */
#endif
#ifndef STOPPERS
#define STOPPERS 0          /* the set of ranks that may say stop */
#endif
#ifndef EPOCHS
#define EPOCHS 0            /* that the root may begin, besides the last one of a run that was stopped */
#endif
#ifndef REDUCES
#define REDUCES 0           /* that a rank may send */
#endif
#ifndef DEPTH
#define DEPTH 5             /* messages on a link */
#endif

/* ---- Sets, of items or of ranks, bit by bit ---- */

#define only(i) (1 << (i))
#define has(set, i) (((set) >> (i)) & 1)
#define count(set) (has(set, 0) + has(set, 1) + has(set, 2) + has(set, 3) \
    + has(set, 4) + has(set, 5) + has(set, 6) + has(set, 7))
#define when(condition, set) ((condition) * (set))

/** Any member of a set that is not empty: goes up from 0 and stays at one of them. */
inline choose(member, set) {
  do
  :: has(set, member) -> break
  :: (set) >> (member + 1) -> member++
  od
}

/* ---- The work ---- */

/* begins(round): the items that a round begins with here; the second begins at the last rank, whose grants and notices may
 * overtake the wave that announces it. spawned(item): what follows where it is done. noted(item): what follows elsewhere, by
 * a notice to any other rank. LISTINGS: what no thief can have. */

#define ROUNDS 2
#define atFirst(round) (round == 0 && me == 0)
#define atLast(round) (round == 1 && me == RANKS - 1)

#if WORK == 1
#define ITEMS 5
#define begins(round) (when(atFirst(round), only(0)) | when(atLast(round), only(3)))
#define spawned(item) when(item == 0, only(1) | only(2))
#define noted(item) when(item == 3, only(4))
#define LISTINGS 0
#elif WORK == 2
#define ITEMS 6
#define begins(round) (when(atFirst(round), only(0)) | when(atLast(round), only(4)))
#define spawned(item) when(item == 0, only(1) | only(2) | only(3))
#define noted(item) when(item == 4, only(5))
#define LISTINGS 0
#elif WORK == 3
#define ITEMS 7
#define begins(round) (when(atFirst(round), only(0)) | when(atLast(round), only(5) | only(6)))
#define spawned(item) (when(item == 0, only(1) | only(2)) | when(item == 1, only(3)))
#define noted(item) when(item == 1, only(4))
#define LISTINGS only(2)
#elif WORK == 4
#define ITEMS 8
#define begins(round) (when(atFirst(round), only(0)) | when(atLast(round), only(6) | only(7)))
#define spawned(item) (when(item == 0, only(1) | only(2) | only(3)) | when(item == 1, only(4)))
#define noted(item) when(item == 1, only(5))
#define LISTINGS only(3)
#elif WORK == 5
#define ITEMS 4
#define begins(round) when(round == 0 && me == RANKS - 1, only(0))
#define spawned(item) 0
#define noted(item) when(item == 0, only(1))
#define LISTINGS 0
#define ANSWERED only(1)
#endif

/* Of a notice with such an item the receiver tells the sender, and another rank besides. */
#ifndef ANSWERED
#define ANSWERED 0
#endif

#define ALL_ITEMS (only(ITEMS) - 1)

/* ---- Tree ---- */

#define isRoot (me == 0)
#define parent ((me - 1) / ARITY)
#define isChild(other) (other > 0 && other < RANKS && (other - 1) / ARITY == me)
#define children (isChild(1) + isChild(2) + isChild(3))

/* ---- Message ---- */

mtype = {
  Request, Lifeline, Refusal, Grant /* items, answer */, Note /* items */,
  Quiesce /* wave */, Quiet /* wave, sent, received */, Snapshot, Snapped, Resume, Written, EpochEnded,
  Wave /* wave, round */, Count /* wave, sent, received */, Reduce, Stop,
  Finish, Final /* sent less received */, Exit
}

#define createsWork(kind) (kind == Grant || kind == Note)
#define betweenPeers(kind) (kind == Request || kind == Lifeline || kind == Refusal || createsWork(kind))

/* One for each ordered pair of ranks. */
chan link[RANKS * (RANKS - 1)] = [DEPTH] of { mtype, byte, byte, byte }
#define LINK(from, to) link[(from) * (RANKS - 1) + (to) - ((to) > (from))]

/* ---- The state ---- */

typedef RankState {
  /* Rank. */
  byte deque;
  byte inFlight;
  bool requestOpen;
  bool stopped;
  bool finishing;
  bool finished;
  bool left;
  /* StealPolicy; the sets are of ranks. */
  unsigned activated : RANKS;
  unsigned thieves : RANKS;
  unsigned attempts : 2;
  /* Termination. */
  byte sent;
  byte received;
  bool wave;
  unsigned round : 2;
  bool answered;
  unsigned childrenAnswered : 2;
  byte subtreeSent;
  byte subtreeReceived;
  /* CounterReduction. */
  unsigned reduces : 2;
  byte peers;            /* peer messages sent less those received */
  unsigned finals : 2;
  byte peersBelow;
#if EPOCHS > 0
  bool ended;
  bool lastEpochOffered;
  /* Epoch. */
  unsigned phase : 2;
  bool quietWave;
  unsigned answers : 2;  /* of children, to Quiesce and to Snapshot */
  bool ownWritten;
  unsigned childrenWritten : 2;
  byte quietSent;
  byte quietReceived;
#endif
}

RankState rank[RANKS]
#define my rank[me]

/* Of the root's Termination. */
byte previousSent
byte previousReceived

#if EPOCHS > 0
/* Of the root's Epoch. */
byte epochs
short quietSentBefore
short quietReceivedBefore
#endif

/* What only the assertions see. */
byte born      /* items that there have been */
byte done
byte underWay  /* messages between peers, and those of them that create work */
byte workUnderWay
byte gone      /* ranks that have left */
#if EPOCHS > 0
byte cut       /* items in the snapshots of this epoch */
byte cutRanks  /* whose they are */
#endif

/* What was chosen; 0 again when a step of the model ends. */
byte chosen
byte addressee

/* Set before use in a single d_step each, so no part of the state. */
hidden mtype kind
hidden byte first   /* the fields of a message, in the order of its record */
hidden byte second
hidden byte third
hidden byte other
hidden byte item
hidden byte items
hidden byte half
hidden byte kept
hidden short allSent
hidden short allReceived

/* ---- Outbox ---- */

inline post(to, message, a, b, c) {
  printf("%d:   to %d %e %d %d %d\n", me, to, message, a, b, c);
  assert(nfull(LINK(me, to)));
  LINK(me, to)!message, a, b, c
}

inline toChildren(message, a, b) {
  for (other : 1 .. RANKS - 1) {
    if
    :: isChild(other) -> post(other, message, a, b, 0)
    :: else
    fi
  }
}

#define atSender createsWork
#define atReceiver createsWork
#ifdef UNCOUNTED_GRANT
#undef atSender
#define atSender(kind) (kind == Note)
#endif
#if defined(UNCOUNTED_GRANT) || defined(HALF_COUNTED_GRANT)
#undef atReceiver
#define atReceiver(kind) (kind == Note)
#endif

/** Rank.send: to a peer, and counted. */
inline send(to, message, a, b) {
  my.peers = (my.peers + 1) & 255;
  my.sent = my.sent + atSender(message);
  underWay++;
  workUnderWay = workUnderWay + createsWork(message);
  post(to, message, a, b, 0)
}

/* ---- WorkDeque ---- */

#define stealable (my.deque & ~LISTINGS)

inline push(set) {
  assert(!(my.deque & set));
  my.deque = my.deque | set
}

/** Takes the oldest half out, at least one: they are `items`. */
inline steal() {
  items = 0;
  half = count(stealable) / 2 + (count(stealable) == 1);
  for (item : 0 .. ITEMS - 1) {
    if
    :: half > 0 && has(stealable, item) -> items = items | only(item); half--
    :: else
    fi
  }
  my.deque = my.deque & ~items
}

/* ---- StealPolicy ---- */

#define others (only(RANKS) - 1 - only(me))

/* A hypercube, less what would be beyond the last rank. */
#define across(end, dimension) when((end ^ dimension) < RANKS, only(end ^ dimension))
#define neighbours(end) (across(end, 1) | across(end, 2))

#define isQuiet (my.attempts == ATTEMPTS && my.activated == neighbours(me))

inline workReceived() {
  my.attempts = 0
}

inline clearLifeline(with) {
  my.activated = my.activated & ~only(with);
  my.thieves = my.thieves & ~only(with)
}

inline addLifelineThief(neighbour) {
  my.thieves = my.thieves | (only(neighbour) & neighbours(me))
}

/* ---- Termination ---- */

inline passOn() {
  my.answered = false;
  my.childrenAnswered = 0;
  my.subtreeSent = 0;
  my.subtreeReceived = 0;
  toChildren(Wave, my.wave, my.round)
}

inline startWave() {
  my.wave = !my.wave;
  passOn()
}

inline onWave() {
  my.wave = first;
  my.round = second;
  passOn()
}

inline onCount() {
  assert(first == my.wave);
  my.childrenAnswered++;
  my.subtreeSent = my.subtreeSent + second;
  my.subtreeReceived = my.subtreeReceived + third
}

#define waveDue (!my.answered && my.childrenAnswered == children)

#define asBefore (allSent == previousSent && allReceived == previousReceived)
#ifdef ONE_WAVE
#undef asBefore
#define asBefore true
#endif

#if EPOCHS > 0
#define end() my.ended = true
#else
#define end() finish()
#endif

/** Termination.onIdle, and with it Rank.advance. */
inline advance() {
  my.answered = true;
  allSent = my.subtreeSent + my.sent;
  allReceived = my.subtreeReceived + my.received;
  assert(allSent < 256 && allReceived < 256);
  if
  :: !isRoot -> post(parent, Count, my.wave, allSent, allReceived)
  :: isRoot && !(allSent == allReceived && asBefore) ->
    previousSent = allSent;
    previousReceived = allReceived;
    startWave()
  :: isRoot && allSent == allReceived && asBefore ->
    checkRoundEnded();
    if
    :: my.stopped || my.round + 1 >= ROUNDS -> end()
    :: else ->
      my.round++;
      startWave();
      beginRound()
    fi
  fi
}

/* ---- Epoch ---- */

#define CLOSED 0
#define QUIESCING 1
#define SNAPPED 2
#define WRITING 3

#if EPOCHS > 0

#define isOpen (my.phase != CLOSED)
#define isPaused (my.phase == QUIESCING || my.phase == SNAPPED)
#define hasEnded my.ended

#define quietAsBefore (allSent == quietSentBefore && allReceived == quietReceivedBefore)
#ifdef ONE_QUIESCE
#undef quietAsBefore
#define quietAsBefore true
#endif

inline beginEpoch() {
  printf("%d: begin epoch\n", me);
  epochs++;
  quietSentBefore = -1;
  quietReceivedBefore = -1;
  quiesce()
}

inline quiesce() {
  my.phase = QUIESCING;
  my.answers = 0;
  my.quietSent = 0;
  my.quietReceived = 0;
  toChildren(Quiesce, my.quietWave, 0);
  if
  :: !children -> post(parent, Quiet, my.quietWave, my.sent, my.received)
  :: else
  fi
}

inline onQuiesce() {
  assert(my.phase == CLOSED || my.phase == QUIESCING);
  my.quietWave = first;
  quiesce()
}

inline onQuiet() {
  assert(my.phase == QUIESCING && first == my.quietWave);
  my.answers++;
  my.quietSent = my.quietSent + second;
  my.quietReceived = my.quietReceived + third;
  allSent = my.quietSent + my.sent;
  allReceived = my.quietReceived + my.received;
  assert(allSent < 256 && allReceived < 256);
  if
  :: my.answers < children
  :: my.answers == children && !isRoot -> post(parent, Quiet, my.quietWave, allSent, allReceived)
  :: my.answers == children && isRoot && allSent == allReceived && quietAsBefore -> snapshot()
  :: my.answers == children && isRoot && !(allSent == allReceived && quietAsBefore) ->
    quietSentBefore = allSent;
    quietReceivedBefore = allReceived;
    my.quietWave = !my.quietWave;
    quiesce()
  fi
}

#define frontier (my.deque | my.inFlight)
#ifdef RUNNING_LEFT_OUT
#undef frontier
#define frontier my.deque
#endif

inline snapshot() {
  assert(my.phase == QUIESCING);
  checkSnapshot();
  my.phase = SNAPPED;
  my.answers = 0;
  my.quietWave = 0;
  my.quietSent = 0;
  my.quietReceived = 0;
  toChildren(Snapshot, 0, 0);
  if
  :: !children -> post(parent, Snapped, 0, 0, 0)
  :: else
  fi;
#ifdef EARLY_RESUME
  if
  :: !children -> my.phase = WRITING
  :: else
  fi
#endif
}

inline onSnapped() {
  assert(my.phase == SNAPPED);
  my.answers++;
  if
  :: my.answers < children
  :: my.answers == children && !isRoot -> post(parent, Snapped, 0, 0, 0)
  :: my.answers == children && isRoot -> quietSentBefore = 0; quietReceivedBefore = 0; resume()
  fi
}

inline resume() {
#ifndef EARLY_RESUME
  assert(my.phase == SNAPPED);
#endif
  my.phase = WRITING;
  my.answers = 0;
  toChildren(Resume, 0, 0)
}

#define canWrite (!my.ownWritten && (my.phase == SNAPPED || my.phase == WRITING))

/** This rank's file is safe. */
inline written() {
  printf("%d: written\n", me);
  my.ownWritten = true;
  reportWritten()
}

inline onWritten() {
  assert(my.phase == SNAPPED || my.phase == WRITING);
  my.childrenWritten++;
  reportWritten()
}

/** At the root the record is written at once. */
inline reportWritten() {
  if
  :: !my.ownWritten || my.childrenWritten < children
  :: my.ownWritten && my.childrenWritten == children && !isRoot -> post(parent, Written, 0, 0, 0)
  :: my.ownWritten && my.childrenWritten == children && isRoot -> close()
  fi
}

inline close() {
  assert(my.phase == WRITING);
  my.phase = CLOSED;
  my.ownWritten = false;
  my.childrenWritten = 0;
  toChildren(EpochEnded, 0, 0)
}

/** All ranks are paused, nothing is under way between them, and nothing changes until the last snapshot is taken. */
inline checkSnapshot() {
  assert(workUnderWay == 0);
  assert(my.round == rank[0].round);
  assert(!(cut & frontier));
  cut = cut | frontier;
  cutRanks++;
  if
  :: cutRanks < RANKS
  :: else ->
    assert(cut == (born & ~done));
    cut = 0;
    cutRanks = 0
  fi
}

#define endWaits isOpen
#ifdef END_IN_EPOCH
#undef endWaits
#define endWaits false
#endif

inline conclude() {
  if
  :: my.stopped && !my.lastEpochOffered -> my.lastEpochOffered = true; beginEpoch()
  :: else -> finish()
  fi
}

inline onEpoch() {
  if
  :: kind == Quiesce -> onQuiesce()
  :: kind == Quiet -> onQuiet()
  :: kind == Snapshot -> snapshot()
  :: kind == Snapped -> onSnapped()
  :: kind == Resume -> resume()
  :: kind == Written -> onWritten()
  :: kind == EpochEnded -> close()
  fi
}

#else
#define isOpen false
#define isPaused false
#define hasEnded false
#endif

/* ---- Rank ---- */

#define busy my.inFlight
#ifdef BUSY_ANSWER
#undef busy
#define busy false
#endif

#define isIdle (!busy && (my.stopped || !my.deque))

#define keepsAll isPaused
#ifdef GRANT_WHILE_PAUSED
#undef keepsAll
#define keepsAll false
#endif

#define foldsLater isPaused
#ifdef FOLD_WHILE_PAUSED
#undef foldsLater
#define foldsLater false
#endif

/* Work that this rank's own workers do not need at once. */
#define spare (!my.stopped && !keepsAll && stealable \
    && (count(my.inFlight) >= WORKERS || count(stealable) > WORKERS - count(my.inFlight)))

#define isFinishing my.finishing
#ifdef SEEK_WHEN_FINISHING
#undef isFinishing
#define isFinishing false
#endif

/* Somebody can be asked for work, and should. */
#define hungry (!isPaused && !my.stopped && !isFinishing && !my.requestOpen && !my.deque && count(my.inFlight) < WORKERS && !isQuiet)

/* Beyond the workers only what nobody waits for is handed out, and taken back when somebody does. */
#define itemsMax (WORKERS + when(!my.thieves, WORKERS))

#define canTake (!isPaused && !my.stopped && my.deque && count(my.inFlight) < itemsMax)

inline beginRound() {
  items = begins(my.round);
  born = born | items;
  push(items)
}

/** The youngest item goes to a worker. */
inline take() {
  item = ITEMS - 1;
  do
  :: has(my.deque, item) -> break
  :: else -> item--
  od;
  printf("%d: take %d\n", me, item);
  my.deque = my.deque & ~only(item);
  my.inFlight = my.inFlight | only(item)
}

/** The chosen item is done; what follows from it is applied. */
inline fold() {
  printf("%d: fold %d\n", me, chosen);
  my.inFlight = my.inFlight & ~only(chosen);
  assert(!has(done, chosen));
  done = done | only(chosen);
  items = spawned(chosen);
  born = born | items;
  push(items);
  items = noted(chosen);
  born = born | items;
  if
  :: items -> send(addressee, Note, items, 0)
  :: else
  fi
}

/** Somebody waits for work: the chosen item was taken but not begun. */
inline takeBack() {
  printf("%d: takeBack %d\n", me, chosen);
  my.inFlight = my.inFlight & ~only(chosen);
  push(only(chosen))
}

/** Items that were taken but not begun. */
inline giveBack() {
  printf("%d: giveBack %d\n", me, chosen);
  push(my.inFlight);
  my.inFlight = 0
}

inline grant(to, answer) {
  workReceived();
  clearLifeline(to);
  steal();
  send(to, Grant, items, answer)
}

inline seekWork() {
  if
  :: my.attempts < ATTEMPTS ->
    my.attempts++;
    my.requestOpen = true;
    send(chosen, Request, 0, 0)
  :: else ->
    for (other : 0 .. RANKS - 1) {
      if
      :: has(neighbours(me) & ~my.activated, other) ->
        my.activated = my.activated | only(other);
        send(other, Lifeline, 0, 0)
      :: else
      fi
    }
  fi
}

inline stop(teller) {
  if
  :: my.stopped || hasEnded || my.finishing
  :: else ->
    printf("%d: stop\n", me);
    my.stopped = true;
    if
#ifndef STOP_NOT_PASSED_UP
    :: !isRoot && parent != teller -> post(parent, Stop, 0, 0, 0)
#endif
    :: else
    fi;
    for (other : 1 .. RANKS - 1) {
      if
      :: isChild(other) && other != teller -> post(other, Stop, 0, 0, 0)
      :: else
      fi
    }
  fi
}

/** A message is still under way between peers. */
#define unsettled ((my.peersBelow + my.peers) & 255)
#ifdef FINAL_UNBALANCED
#undef unsettled
#define unsettled false
#endif

inline finish() {
#ifdef FINAL_SAID_ONCE
  if
  :: my.finishing && !isRoot
  :: else ->
#endif
  my.finishing = true;
  my.finals = 0;
  my.peersBelow = 0;
  toChildren(Finish, 0, 0);
  if
  :: !children -> post(parent, Final, my.peers, 0, 0)
  :: else
  fi;
#ifdef FINAL_SAID_ONCE
  fi;
#endif
#ifdef LEAVE_AT_FINISH
  if
  :: !isRoot -> leave()
  :: else
  fi
#endif
}

/** CounterReduction.reportFinal, and with it Rank.reportFinal. */
inline onFinal() {
  my.finals++;
  my.peersBelow = (my.peersBelow + first) & 255;
  if
  :: my.finals < children
  :: my.finals == children && !isRoot -> post(parent, Final, (my.peersBelow + my.peers) & 255, 0, 0)
  :: my.finals == children && isRoot && unsettled -> finish()
  :: my.finals == children && isRoot && !unsettled -> checkFinished(); my.finished = true
  fi
}

inline exit() {
  toChildren(Exit, 0, 0);
  leave()
}

inline onPeer() {
  if
  :: kind == Request ->
    if
    :: spare -> grant(from, true)
    :: else -> send(from, Refusal, 0, 0)
    fi
  :: kind == Lifeline -> addLifelineThief(from)
  :: kind == Refusal -> my.requestOpen = false
  :: kind == Grant ->
    my.requestOpen = my.requestOpen && !second;
#ifndef UNCLEARED_GRANT
    clearLifeline(from);
#endif
    workReceived();
    push(first)
  :: kind == Note ->
    push(first);
    if
    :: first & ANSWERED ->
      born = born | only(ITEMS - 2) | only(ITEMS - 1);
      send(from, Note, only(ITEMS - 2), 0);
      send(0 + 1 + 2 - me - from, Note, only(ITEMS - 1), 0)
    :: else
    fi
  fi
}

inline onTree() {
  if
  :: kind == Wave ->
    if
    :: second == my.round -> onWave()
    :: else -> onWave(); beginRound()
    fi
  :: kind == Count -> onCount()
  :: kind == Reduce -> assert(my.finals < children)
  :: kind == Stop -> stop(from)
  :: kind == Finish -> finish()
  :: kind == Final -> onFinal()
  :: kind == Exit -> exit()
#if EPOCHS > 0
  :: else -> onEpoch()
#endif
  fi
}

inline on() {
  printf("%d: from %d %e %d %d %d\n", me, from, kind, first, second, third);
  assert(!my.left);
  if
  :: betweenPeers(kind) ->
    my.peers = (my.peers - 1) & 255;
    my.received = my.received + atReceiver(kind);
    underWay--;
    workUnderWay = workUnderWay - createsWork(kind);
    assert(!my.finishing || !createsWork(kind));
    onPeer()
  :: else -> onTree()
  fi
}

/* ---- What must hold at the ends ---- */

inline checkRoundEnded() {
  assert(workUnderWay == 0);
  kept = 0;
  for (other : 0 .. RANKS - 1) {
    assert(!rank[other].inFlight);
    assert(!(rank[other].deque & kept));
    kept = kept | rank[other].deque
  }
  assert(kept == (born & ~done));
  assert(my.stopped || !kept);
  assert(my.stopped || my.round + 1 < ROUNDS || done == ALL_ITEMS)
}

inline checkFinished() {
  assert(underWay == 0);
  for (other : 0 .. RANKS - 1) {
    for (item : 0 .. RANKS - 1) {
      assert(has(rank[other].activated, item) <= has(rank[item].thieves, other))
    }
  }
}

inline leave() {
  assert(!my.inFlight && (my.stopped || !my.deque));
  assert(!isOpen);
  assert(my.stopped || !rank[0].stopped);
  gone++;
  for (other : 0 .. RANKS * (RANKS - 1) - 1) {
    assert(gone < RANKS || empty(link[other]))
  }
  my.left = true
}

/* ---- The drivers ---- */

/** Delivers what one rank sends to another. */
proctype Link(byte from; byte me) {
end:
  do
  :: d_step { LINK(from, me)?kind, first, second, third -> on() }
  od
}

/** The loop of a rank, and its workers. */
proctype RankLoop(byte me) {
  do
  :: d_step { canTake -> take() }
  :: atomic {
      my.inFlight && !foldsLater ->
      choose(chosen, my.inFlight);
      if
      :: noted(chosen) -> choose(addressee, others)
      :: else
      fi;
      d_step { fold(); chosen = 0; addressee = 0 }
    }
  :: atomic {
      count(my.inFlight) > itemsMax ->
      choose(chosen, my.inFlight);
      d_step { takeBack(); chosen = 0 }
    }
  /* A step: serveLifelines, one at a time; seekWork; answer the wave; report. */
  :: atomic {
      spare && my.thieves ->
      choose(chosen, my.thieves);
      d_step { grant(chosen, false); chosen = 0 }
    }
  :: atomic {
      hungry ->
      if
      :: my.attempts < ATTEMPTS -> choose(chosen, others)
      :: else
      fi;
      d_step { seekWork(); chosen = 0 }
    }
  :: d_step { !isPaused && !hasEnded && isIdle && waveDue && !hungry -> advance() }
#if EPOCHS > 0
  :: d_step { isRoot && my.ended && !my.finishing && !endWaits -> conclude() }
  :: d_step { isRoot && !isOpen && !my.ended && epochs < EPOCHS -> beginEpoch() }
  :: d_step { canWrite -> written() }
#endif
#if REDUCES > 0
  :: d_step { !isRoot && !my.finishing && my.reduces < REDUCES -> my.reduces++; post(parent, Reduce, 0, 0, 0) }
#endif
#if STOPPERS > 0
  :: d_step { has(STOPPERS, me) && !my.stopped && !hasEnded && !my.finishing -> stop(me) }
  :: d_step { my.stopped && my.inFlight -> giveBack() }
#endif
  :: d_step { my.finished && !my.left -> exit() }
  :: my.left -> break
  od
}

init {
  atomic {
    byte me;
    byte from;
    for (me : 0 .. RANKS - 1) {
      my.activated = neighbours(me);
      my.thieves = neighbours(me);
      my.attempts = ATTEMPTS;
      my.answered = true;
      beginRound();
      if
      :: isRoot -> startWave()
      :: else
      fi;
      run RankLoop(me);
      for (from : 0 .. RANKS - 1) {
        if
        :: from != me -> run Link(from, me)
        :: else
        fi
      }
    }
  }
}

#ifdef LIVENESS
ltl everybodyLeaves { <> (gone == RANKS) }
#endif
