#pragma once

#include <stdbool.h>

/*
 * liblustreapi, if it is installed. It is loaded when first needed, so that one program serves sites with and without
 * it. All releases since 2.7 work.
 */

/*
 * Sets the layout of an open file without objects, or of a directory, to that of another, but leaves the choice of OSTs
 * open. Returns 0, after which the caller must check the layout, as Lustre may not have set it; or -errno: -EOPNOTSUPP
 * if the library is missing or lacks a function, -ENOTTY if one of the two is not on Lustre. Any thread may call.
 */
int pc_lustre_api_copy_layout(int source, int target);

/* Whether the library is installed with all functions needed. Any thread may call. */
bool pc_lustre_api_is_there(void);
