#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

#include "record/context.h"

/*
 * The granularity of modification times in a directory's file system, in nanoseconds: mostly 1. Measured with a trial
 * file in the directory (trial_file.h), and cached by the thread for the file system last asked about. 1 where it
 * cannot be measured. Any thread may call all of these functions.
 */
int64_t pc_time_granularity(int dir, const struct pc_context *context);

/*
 * An estimate of the granularity from the times of one entry, where no trial file may be created: the coarsest that
 * they allow.
 */
int64_t pc_seeming_granularity(const struct stat *status);

/*
 * The time that a directory's file system stores for a time outside its range: its first or its last one. A time within
 * the range is returned unchanged. Measured and cached likewise; no system call for times that every file system holds.
 */
struct timespec pc_held_time(int dir, struct timespec time, const struct pc_context *context);

/*
 * Whether a time (seconds since 1970) is in the range of every file system, though perhaps with less precision: FAT
 * begins in 1980 (in some time zone), and 32 bits of seconds end in 2038.
 */
bool pc_is_held_everywhere(int64_t seconds);

/*
 * Whether a file system stored the second `now` for `wanted` because that is out of its range, and not for a
 * granularity of two seconds.
 */
bool pc_is_clamped(int64_t wanted, int64_t now);

/* The same by the time alone: whether `now` is an end of the range beyond which `wanted` lies. */
bool pc_seems_clamped(int64_t wanted, const struct timespec *now);
