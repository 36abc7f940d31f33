#pragma once

#include <stdint.h>

#include "record/context.h"

/*
 * Which methods are worth trying between two file systems, chosen when the pair is first met and remembered for the
 * whole process: what the kernel says it cannot do here it is not asked again.
 *
 * The choice follows from measurement (ARCHITECTURE.md, "Decisions"). A clone, where there is one, beats everything. Between
 * file systems of this machine splicing pages beats copy_file_range, which does the same through a pipe of 64 KiB, and
 * reading and writing. copy_file_range is tried where a server may copy by itself. What is known of neither
 * kind is read and written. O_DIRECT is never chosen, only asked for.
 *
 * All functions may be called from any thread.
 */
struct pc_method_choice;

/* A set of methods has the bit 1 << method for each. */
static inline uint32_t pc_method_bit(enum pc_method method)
{
    return (uint32_t)1 << method;
}

/* The choice between the file systems of two open files. Lives as long as the process. */
struct pc_method_choice *pc_method_choice_between(int source, int target);

/* The methods that are left to try, PC_BUFFERED always among them. */
uint32_t pc_methods_left(const struct pc_method_choice *choice);

/* Takes a method away from the pair for good; PC_BUFFERED stays. */
void pc_disable_method(struct pc_method_choice *choice, enum pc_method method);
