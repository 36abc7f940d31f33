/*
 * The end of this process. It may be ended by Java, the JVM, MPI or the C library; all of these go through here. The
 * user sees one line and an exit code: 2 before anything was done, else 5. Never 1 or 3, the exit codes of the JVM and
 * MPI, which mean something else here.
 */
#pragma once

#include <signal.h>

/* Installs the handlers for the end of this process. `command` is its name for users, and stays the caller's. */
void pc_watch_end(const char *command);

/* Whether this is the handler for fatal signals; the JVM would call it instead of writing its report. */
int pc_is_for_accidents(const struct sigaction *action);

/* From here on an unexpected end of the process is an internal error. */
void pc_has_started(void);

/* As the JVM's exit hook: Java ends the process with an intended code. */
void pc_ends_by_java(int code);

/* As the JVM's abort hook, or from another library: ends the process, which cannot continue. Does not return. */
void pc_ends_by_library(void);

/* Ends the process with 2, and prints on one line why it cannot start. */
_Noreturn void pc_refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Ends the process with 5, and prints on one line what went wrong. */
_Noreturn void pc_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
