/*
 * Holding back the output of libraries during start-up. It is kept in memory until it is known whether one error
 * message of ours replaces it. For one thread at a time. The launcher and the library share the state.
 */
#pragma once

#include <stddef.h>

/* Redirects stdout and stderr of this process into memory. Returns 0; or -errno, with nothing redirected. */
int pc_hold_output(void);

int pc_is_output_held(void);

/* Ends the redirection, and prints the output held back. Does nothing if there is none. */
void pc_release_output(void);

/*
 * Ends the redirection, and discards the output held back. Its first bytes, stderr's before stdout's, are copied to
 * `text`, which has room for `bytes` and a NUL.
 */
void pc_drop_output(char *text, size_t bytes);
