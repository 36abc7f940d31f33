/*
 * How this process ends. It may be ended by anybody: by Java, by the JVM, by MPI, by the C library; all of them come by here. What
 * users read is one line and an exit code: 2 where nothing has begun yet, else 5. Never 1 or 3, as the JVM and MPI have it, which mean
 * something else here.
 */
#pragma once

#include <signal.h>

/* Takes over the ends of this process. `command` is what it is called by its users, and stays the caller's. */
void pc_watch_end(const char *command);

/* Whether this is what has been set up for signals of accidents; the JVM would call it instead of writing its report. */
int pc_is_for_accidents(const struct sigaction *action);

/* From here on what ends the process unasked is an internal error. */
void pc_has_started(void);

/* Java is about to end the process with a code that it means; as the JVM's exit hook. */
void pc_ends_by_java(int code);

/* The JVM, as its abort hook, or another library is about to end the process as it cannot go on. Does not return. */
void pc_ends_by_library(void);

/* Ends the process with 2: says on one line why nothing can be done. */
_Noreturn void pc_refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Ends the process with 5: says on one line what went wrong. */
_Noreturn void pc_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
