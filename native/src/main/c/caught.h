#pragma once

/*
 * Handles the signals that ask for a checkpoint and the end of a run, SIGTERM, SIGUSR1 and SIGINT, for the rest of the
 * process: they are noted, and nothing else happens, but that a second SIGINT ends the process at once with 130. Returns 0
 * or -errno.
 */
int pc_catch_signals(void);

/* The first of them that has come; 0 if none has. From any thread. */
int pc_caught_signal(void);
