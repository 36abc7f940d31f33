#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

#include "record/context.h"

/*
 * The granularity of modification times in the file system that a directory is on, in nanoseconds: 1 for most. Found out by
 * a file that is made in it and taken away (temporary_name.h), and remembered by the thread for the file system last asked about;
 * 1 where it cannot be found out.
 */
int64_t pc_time_granularity(int dir, const struct pc_context *context);

/* What the granularity seems to be by the times of one entry, where nothing may be made to find it out: the coarsest that they allow. */
int64_t pc_seeming_granularity(const struct stat *status);

/*
 * What the file system that a directory is on keeps of a time that it cannot hold: its first or its last. A time that it can hold
 * comes back as it is. Found out and remembered likewise; no system call for times that every file system holds.
 */
struct timespec pc_held_time(int dir, struct timespec time, const struct pc_context *context);

/*
 * Whether every file system holds a time, but perhaps not as finely: those of FAT begin in 1980 (in some time zone), those with
 * 32 bits of seconds end in 2038.
 */
bool pc_is_held_everywhere(int64_t seconds);

/* Whether this second is what became of that one because its file system could not hold it, and not of a granularity of two seconds. */
bool pc_is_clamped(int64_t wanted, int64_t now);

/* Likewise, as far as the time alone tells: whether it is at an end beyond which that one lies. */
bool pc_seems_clamped(int64_t wanted, const struct timespec *now);
