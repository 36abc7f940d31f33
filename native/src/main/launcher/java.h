/* The Java installation to use. */
#pragma once

#include <limits.h>

struct java {
    char home[PATH_MAX];
    char jvm[PATH_MAX + 32]; /* libjvm.so of it */
    char version[32];        /* as 17.0.15; empty: unknown */
};

/* Finds that of JAVA_HOME, else of the first `java` on PATH. Ends the process if there is none, or it is too old. */
void pc_find_java(struct java *java);

/* Reads JAVA_VERSION from the file `release` of a JDK; empty if it has none, or does not exist. */
void pc_java_version(const char *release, char version[32]);

/* The first number of a version, as 17; 0 if there is none. 1.8 is 1. */
int pc_java_feature(const char *version);
