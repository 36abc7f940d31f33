#pragma once

#include "options.h"

/*
 * Runs the main method of a class in a new JVM, on a thread of its own with a large stack, and never returns: the
 * method ends the process. Each byte of the arguments becomes a character. Ends the process if the JVM or the class
 * cannot be loaded.
 */
_Noreturn void pc_run_java(
    const char *library, struct options *options, const char *class, int count, char **arguments);
