#pragma once

/*
 * The signals that ask for a checkpoint and the end of a run: SIGTERM, SIGINT, SIGUSR1, SIGUSR2 and SIGXCPU, as people, batch systems
 * and mpirun send them, and SIGHUP of a terminal that is closed.
 */

/* The end of the list that pc_stop_signals gives. */
enum { PC_NO_SIGNAL = 0 };

/* All of them. */
const int *pc_stop_signals(void);

/*
 * Handles them for the rest of the process: they are noted, and nothing else happens, but that a SIGINT behind another of
 * them ends the process at once with 130. A SIGHUP that is ignored stays so, as nohup wants it. Returns 0 or -errno.
 *
 * The launcher does this first of all, and the library again for a JVM that was started otherwise.
 */
int pc_note_stop_signals(void);

/* The first of them that has come; PC_NO_SIGNAL if none has. From any thread. */
int pc_noted_stop_signal(void);
