#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "support/fault.h"
#include "support/test.h"
#include "sys/full_io.h"
#include "sys/retry.h"

static int open_new(void)
{
    int fd = openat(here, "file", O_RDWR | O_CREAT | O_EXCL, 0600);
    CHECK(fd >= 0);
    return fd;
}

static void what_is_written_is_read_back(void)
{
    int fd = open_new();
    char back[5] = "";
    CHECK_EQUAL(5, pc_write_at(fd, "abcde", 5, 1000));
    CHECK_EQUAL(5, pc_read_at(fd, back, 5, 1000));
    CHECK(memcmp(back, "abcde", 5) == 0);
    close(fd);
}

static void short_transfers_are_resumed(void)
{
    int fd = open_new();
    char back[5] = "";
    fault[FAULT_PWRITE] = (struct fault){.times = 100, .bytes_max = 2};
    fault[FAULT_PREAD] = (struct fault){.times = 100, .bytes_max = 2};
    CHECK_EQUAL(5, pc_write_at(fd, "abcde", 5, 0));
    CHECK_EQUAL(3, fault[FAULT_PWRITE].calls);
    CHECK_EQUAL(5, pc_read_at(fd, back, 5, 0));
    CHECK(memcmp(back, "abcde", 5) == 0);
    close(fd);
}

static void a_pipe_is_written_to_as_well(void)
{
    int ends[2];
    char back[5] = "";
    CHECK(pipe2(ends, O_CLOEXEC) == 0);
    CHECK_EQUAL(5, pc_write_on(ends[1], "abcde", 5));
    CHECK_EQUAL(5, read(ends[0], back, 5));
    CHECK(memcmp(back, "abcde", 5) == 0);
    int fd = open_new();
    CHECK_EQUAL(2, pc_write_on(fd, "ab", 2));
    CHECK_EQUAL(3, pc_write_on(fd, "cde", 3));
    CHECK_EQUAL(5, pc_read_at(fd, back, 5, 0));
    CHECK(memcmp(back, "abcde", 5) == 0);
    close(fd);
    CHECK_EQUAL(-EBADF, pc_write_on(fd, "a", 1));
    close(ends[0]);
    close(ends[1]);
}

static void an_interruption_is_no_error(void)
{
    int fd = open_new();
    char back[5] = "";
    fault[FAULT_PWRITE] = (struct fault){.times = 3, .error = EINTR};
    CHECK_EQUAL(5, pc_write_at(fd, "abcde", 5, 0));
    fault[FAULT_PREAD] = (struct fault){.times = 3, .error = EINTR};
    CHECK_EQUAL(5, pc_read_at(fd, back, 5, 0));
    close(fd);
}

static void interruptions_without_end_are_given_up(void)
{
    int fd = open_new();
    fault[FAULT_PWRITE] = (struct fault){.times = INT_MAX, .error = EINTR};
    CHECK_EQUAL(-EINTR, pc_write_at(fd, "abcde", 5, 0));
    CHECK_EQUAL(PC_INTERRUPTIONS_MAX + 1, fault[FAULT_PWRITE].calls);
    fault[FAULT_FTRUNCATE] = (struct fault){.times = INT_MAX, .error = EINTR};
    CHECK_EQUAL(-1, PC_RETRY(ftruncate(fd, 0)));
    CHECK_EQUAL(EINTR, errno);
    CHECK_EQUAL(PC_INTERRUPTIONS_MAX + 1, fault[FAULT_FTRUNCATE].calls);
    close(fd);
}

static int32_t stop;

static void set_stop_at_third(void)
{
    stop |= fault[FAULT_PREAD].calls == 3;
}

static void a_stop_ends_the_wait_for_what_is_not_ready_or_interrupted(void)
{
    static const int errors[] = {EAGAIN, EINTR}, calls[] = {3, 3 + PC_INTERRUPTIONS_LAST};
    int fd = open_new();
    char back[5];
    pc_heed(&stop);
    for (int i = 0; i < 2; i++) {
        stop = 0;
        fault[FAULT_PREAD] = (struct fault){.times = INT_MAX, .error = errors[i], .before = set_stop_at_third};
        CHECK_EQUAL(-errors[i], pc_read_at(fd, back, 5, 0));
        CHECK_EQUAL(calls[i], fault[FAULT_PREAD].calls);
    }
    close(fd);
}

static void reading_stops_at_the_end(void)
{
    int fd = open_new();
    char back[5];
    CHECK_EQUAL(3, pc_write_at(fd, "abc", 3, 0));
    CHECK_EQUAL(2, pc_read_at(fd, back, 5, 1));
    CHECK_EQUAL(0, pc_read_at(fd, back, 5, 3));
    close(fd);
}

static void an_end_is_found(void)
{
    int fd = open_new();
    char memory[3];
    int32_t asked = 0;
    CHECK_EQUAL(1, pc_ends_at(fd, 0));
    CHECK_EQUAL(7, pc_write_at(fd, "abcdefg", 7, 0));
    CHECK_EQUAL(1, pc_ends_at(fd, 7));
    CHECK_EQUAL(0, pc_ends_at(fd, 0));
    CHECK_EQUAL(0, pc_ends_at(fd, 6));
    CHECK_EQUAL(0, pc_ends_at(fd, 8));
    CHECK_EQUAL(7, pc_find_end(fd, memory, 3, 0, &asked));
    CHECK_EQUAL(9, pc_find_end(fd, memory, 3, 9, &asked));
    asked = 1;
    CHECK_EQUAL(-EINTR, pc_find_end(fd, memory, 3, 0, &asked));
    close(fd);
    int dir = test_mount_tmpfs("memory", "1M");
    fd = openat(dir, "longest", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    CHECK(ftruncate(fd, INT64_MAX) == 0);
    CHECK_EQUAL(1, pc_ends_at(fd, INT64_MAX));
    CHECK_EQUAL(0, pc_ends_at(fd, INT64_MAX - 1));
    close(fd);
}

static void reading_stops_when_there_is_enough(void)
{
    int fd = open_new();
    char back[8];
    CHECK_EQUAL(5, pc_write_at(fd, "abcde", 5, 0));
    CHECK_EQUAL(5, pc_read_enough(fd, back, 6, 5, 0));
    CHECK_EQUAL(1, fault[FAULT_PREAD].calls);
    CHECK_EQUAL(5, pc_read_enough(fd, back, 5, 4, 0));
    CHECK_EQUAL(2, fault[FAULT_PREAD].calls);
    CHECK_EQUAL(1, pc_read_enough(fd, back, 1, 0, 4));
    CHECK_EQUAL(0, pc_read_enough(fd, back, 1, 0, 5));
    close(fd);
}

static void a_full_disk_and_a_write_of_nothing_are_errors(void)
{
    int fd = open_new();
    fault[FAULT_PWRITE] = (struct fault){.skip = 1, .times = 1, .error = ENOSPC};
    CHECK_EQUAL(5, pc_write_at(fd, "abcde", 5, 0));
    CHECK_EQUAL(-ENOSPC, pc_write_at(fd, "abcde", 5, 0));
    fault[FAULT_PWRITE] = (struct fault){.times = 100, .nothing = 1};
    CHECK_EQUAL(-EIO, pc_write_at(fd, "abcde", 5, 0));
    CHECK_EQUAL(-EBADF, pc_read_at(-1, &fd, 1, 0));
    close(fd);
}

static const struct test_case cases[] = {
    {"what is written is read back", what_is_written_is_read_back},
    {"short transfers are resumed", short_transfers_are_resumed},
    {"a pipe is written to as well", a_pipe_is_written_to_as_well},
    {"an interruption is no error", an_interruption_is_no_error},
    {"interruptions without end are given up", interruptions_without_end_are_given_up},
    {"a stop ends the wait for what is not ready or interrupted",
     a_stop_ends_the_wait_for_what_is_not_ready_or_interrupted},
    {"reading stops at the end", reading_stops_at_the_end},
    {"an end is found", an_end_is_found},
    {"reading stops when there is enough", reading_stops_when_there_is_enough},
    {"a full disk and a write of nothing are errors", a_full_disk_and_a_write_of_nothing_are_errors},
};

int main(void)
{
    return TEST_RUN(cases);
}
