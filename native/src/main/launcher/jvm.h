#pragma once

#include "options.h"

/*
 * Runs the main method of a class in a new JVM, on a thread of its own with room for Java's calls, and never returns: the method ends
 * the process. Arguments go there with a character for each byte. Ends the process where the JVM or the class cannot be had.
 */
_Noreturn void pc_run_java(const char *library, struct options *options, const char *class, int count, char **arguments);
