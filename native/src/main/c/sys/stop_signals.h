#pragma once

/*
 * The signals that request a checkpoint and the end of a run: SIGTERM, SIGINT, SIGUSR1, SIGUSR2 and SIGXCPU, as users,
 * batch systems and mpirun send them, and SIGHUP of a terminal that is closed.
 */

/* The terminator of pc_stop_signals. */
enum { PC_NO_SIGNAL = 0 };

/* All of them, terminated by PC_NO_SIGNAL. */
const int *pc_stop_signals(void);

/*
 * Installs a handler for the rest of the process that only records the signal; but a SIGINT after another of them ends
 * the process at once with status 130. An ignored SIGHUP stays ignored, for nohup. Returns 0 or -errno.
 *
 * The launcher calls it first, and the library again for a JVM that was started otherwise.
 */
int pc_note_stop_signals(void);

/* The first of them that was received; PC_NO_SIGNAL if none was. Any thread may call. */
int pc_noted_stop_signal(void);
