#pragma once

#include <stdbool.h>

/*
 * Lustre's own library, where there is one: it is looked for when first needed and not before, so that one program
 * serves sites with and without it. All releases since 2.7 will do.
 */

/*
 * Gives an open file that has no objects yet, or a directory, the layout of another, but leaves it open on which OSTs.
 * Returns 0, which with Lustre does not mean that the layout was taken: look; or -errno: -EOPNOTSUPP if there is no
 * such library or it lacks a function, -ENOTTY if one of the two is not on Lustre. Any thread may call.
 */
int pc_lustre_api_copy_layout(int source, int target);

/* Whether there is such a library, and it has what is needed. Any thread may call. */
bool pc_lustre_api_is_there(void);
