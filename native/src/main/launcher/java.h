/* The Java to use. */
#pragma once

#include <limits.h>

struct java {
    char home[PATH_MAX];
    char jvm[PATH_MAX + 32]; /* libjvm.so of it */
    char version[32];        /* as 17.0.15; empty where the JDK does not say */
};

/* JAVA_HOME's, else the one that the first `java` on PATH belongs to. Ends the process where there is none, or it is too old. */
void pc_find_java(struct java *java);

/* Reads JAVA_VERSION from the file `release` that every JDK has; empty if it has none, or is not there. */
void pc_java_version(const char *release, char version[32]);

/* Its first number, as 17; 0 if there is none. 1.8 is 1. */
int pc_java_feature(const char *version);
