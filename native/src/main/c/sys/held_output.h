/*
 * What libraries print while they start, or fail to: it is held back in memory, until it is known whether one line of ours says it
 * better. For one thread; the launcher and the library share what is held.
 */
#pragma once

#include <stddef.h>

/* Holds back what anybody in this process prints to stdout and stderr from now on. Returns 0, or -errno: then nothing is held. */
int pc_hold_output(void);

int pc_is_output_held(void);

/* Ends that, and prints what was held. */
void pc_release_output(void);

/*
 * Ends that, and drops what was held: the first bytes of it, stderr's before stdout's, go to `text`, which has room for `bytes` of
 * them and a NUL behind.
 */
void pc_drop_output(char *text, size_t bytes);
