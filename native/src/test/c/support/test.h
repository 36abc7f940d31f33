#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * A test program is a table of cases, each named by its claim. Every case runs in a process of its own, with a time
 * limit and a fresh directory that is removed whatever becomes of it; so a case may change whatever a process has
 * (umask, user, mounts in a namespace of its own), and it leaks nothing into the next.
 */
struct test_case {
    const char *claim;
    void (*run)(void);
};

/* The directory of the running case: descriptor and path. */
extern int here;
extern char here_path[];

/* Runs the cases, prints one line for each and "N passed, M failed" at the end. Returns main's exit code. */
int test_run(const struct test_case *cases, size_t count);

#define TEST_RUN(cases) test_run(cases, sizeof(cases) / sizeof((cases)[0]))

/* Fails and ends the case. */
#define CHECK(condition) ((condition) ? (void)0 : test_fail(__FILE__, __LINE__, #condition))

/* Fails and ends the case unless the two integers are equal; prints both. */
#define CHECK_EQUAL(expected, actual) \
    test_equal(__FILE__, __LINE__, #actual, (long long)(expected), (long long)(actual))

_Noreturn void test_fail(const char *file, int line, const char *what);
void test_equal(const char *file, int line, const char *what, long long expected, long long actual);

/* Ends the case as skipped, for this reason. It counts neither as passed nor as failed. */
_Noreturn void test_skip(const char *reason);

/* Skips the case unless it runs as root. */
void test_needs_root(void);

/* Makes the process an unprivileged user, who may write to `here`. Does nothing if it is one. */
void test_become_user(void);

/* Mounts a tmpfs of this size on the new directory `name` of `here`, for this case alone, and opens it; may skip. */
int test_mount_tmpfs(const char *name, const char *size);

/*
 * Creates a file system of this type in memory, for this case alone: tmpfs, ext4, xfs, btrfs, or ext2, which stores
 * whole seconds only. Mounts it on a new directory of that name and opens it; may skip. It is gone with the process.
 */
int test_mount_image(const char *type, const char *size);

/* Zeroed memory, aligned to 4096, which lives until the case ends. Sanitizers detect accesses beyond its end. */
void *test_memory(size_t bytes);
