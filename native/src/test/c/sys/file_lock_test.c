#include "sys/file_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "support/test.h"

static int open_lock(int flags)
{
    int file = openat(here, "lock", flags | O_CREAT | O_CLOEXEC, 0600);
    CHECK(file >= 0);
    return file;
}

static void is_held_by_one_until_it_is_closed(void)
{
    int one = open_lock(O_RDWR), other = open_lock(O_RDWR);
    CHECK_EQUAL(0, pc_lock(one));
    CHECK_EQUAL(-EAGAIN, pc_lock(other));
    close(one);
    CHECK_EQUAL(0, pc_lock(other));
}

static void is_seen_without_being_taken(void)
{
    int reader = open_lock(O_RDONLY), one = open_lock(O_RDWR);
    CHECK_EQUAL(0, pc_is_locked(reader));
    CHECK_EQUAL(0, pc_lock(one));
    CHECK_EQUAL(1, pc_is_locked(reader));
    CHECK_EQUAL(0, pc_is_locked(one)); /* by another process */
    close(one);
    CHECK_EQUAL(0, pc_is_locked(reader));
}

static void that_cannot_be_had_is_neither_free_nor_held(void)
{
    int file = open_lock(O_RDWR);
    close(file);
    CHECK_EQUAL(-EBADF, pc_lock(file));
    CHECK_EQUAL(-EBADF, pc_is_locked(file));
}

static const struct test_case cases[] = {
    {"a lock is held by one until it is closed", is_held_by_one_until_it_is_closed},
    {"a lock is seen without being taken", is_seen_without_being_taken},
    {"a lock that cannot be had is neither free nor held", that_cannot_be_had_is_neither_free_nor_held},
};

int main(void)
{
    return TEST_RUN(cases);
}
