#pragma once

#include <stdint.h>

#include "record/context.h"

/*
 * The methods worth trying between two file systems. They are chosen when the pair is first met, and remembered for the
 * life of the process. A method that the kernel does not support for the pair is not tried again.
 *
 * The choice follows from measurements (ARCHITECTURE.md, "Decisions"). Cloning is fastest where it works. Between local
 * file systems, splice is faster than copy_file_range, which does the same through a pipe of 64 KiB, and faster than
 * read and write. copy_file_range is tried where a server may copy by itself. Otherwise data is read and written.
 * O_DIRECT is used only on request.
 *
 * Any thread may call.
 */
struct pc_method_choice;

/* The bit of a method in a set of methods. */
static inline uint32_t pc_method_bit(enum pc_method method)
{
    return (uint32_t)1 << method;
}

/* The choice between the file systems of two open files. It lives as long as the process. */
struct pc_method_choice *pc_method_choice_between(int source, int target);

/* The methods that are not disabled. PC_BUFFERED is always among them. */
uint32_t pc_methods_left(const struct pc_method_choice *choice);

/* Disables a method for the pair; PC_BUFFERED stays enabled. */
void pc_disable_method(struct pc_method_choice *choice, enum pc_method method);
