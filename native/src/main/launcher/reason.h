#pragma once

#include <stddef.h>

/*
 * Finds the reason for a failed start in the output of the JVM or Open MPI, many lines, and writes it to `reason` as
 * one line of at most bytes - 1 characters; an empty one if there is none.
 */
void pc_reason(const char *text, char *reason, size_t bytes);
