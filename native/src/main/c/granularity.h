#pragma once

#include <stdint.h>
#include <sys/stat.h>

#include "context.h"

/*
 * The granularity of modification times in the file system that a directory is on, in nanoseconds: 1 for most. Found out by
 * a file that is made in it and taken away (temporary.h), and remembered by the thread for the file system last asked about;
 * 1 where it cannot be found out.
 */
int64_t pc_time_granularity(int dir, const struct pc_context *context);

/* What the granularity seems to be by the times of one entry, where nothing may be made to find it out: the coarsest that they allow. */
int64_t pc_seeming_granularity(const struct stat *status);
