#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "batch/already_done.h"
#include "support/batches.h"
#include "support/files.h"
#include "support/test.h"

/* Entries that an earlier attempt of a run has finished. */

static void start_at(struct timespec time, int64_t nanoseconds_later)
{
    int64_t nanoseconds = time.tv_sec * 1000000000 + time.tv_nsec + nanoseconds_later;
    context.started_s = nanoseconds / 1000000000;
    context.started_ns = (uint32_t)(nanoseconds % 1000000000);
}

static int is_finished(void)
{
    return pc_is_already_done(source_dir, target_dir, record_of(source_dir, "file"), "file", &context);
}

/* A file and its copy, which changed some ticks of the clock later. */
static void begin(void)
{
    begin_batch();
    make_file(source_dir, "file", 100);
    CHECK(nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL) == 0);
    CHECK(pc_entry_outcome(copy_one("file")) == PC_DONE);
    context.resumed = 1;
}

static void what_changed_after_the_start_is_finished(void)
{
    begin();
    start_at(status_of(target_dir, "file").st_ctim, -1);
    CHECK_EQUAL(1, is_finished());
}

static void what_changed_before_or_in_the_tick_of_the_start_is_not(void)
{
    begin();
    start_at(status_of(target_dir, "file").st_ctim, 0);
    CHECK_EQUAL(0, is_finished());
    start_at(status_of(target_dir, "file").st_ctim, 1);
    CHECK_EQUAL(0, is_finished());
    start_at(status_of(target_dir, "file").st_ctim, 1000000000);
    CHECK_EQUAL(0, is_finished());
}

static void what_has_a_source_that_changed_since_the_start_is_not(void)
{
    begin();
    start_at(status_of(source_dir, "file").st_ctim, 1);
    CHECK_EQUAL(1, is_finished());
    start_at(status_of(source_dir, "file").st_ctim, 0);
    CHECK_EQUAL(0, is_finished());
    start_at(status_of(source_dir, "file").st_ctim, -1000000000);
    CHECK_EQUAL(0, is_finished());
}

static void what_differs_in_size_or_time_or_is_missing_is_not(void)
{
    begin();
    start_at(status_of(target_dir, "file").st_ctim, -1);
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 1}};
    CHECK(utimensat(target_dir, "file", times, 0) == 0);
    CHECK_EQUAL(0, is_finished());
    CHECK(unlinkat(target_dir, "file", 0) == 0);
    CHECK_EQUAL(0, is_finished());
    make_file(target_dir, "file", 99);
    times[1] = status_of(source_dir, "file").st_mtim;
    CHECK(utimensat(target_dir, "file", times, 0) == 0);
    CHECK_EQUAL(0, is_finished());
}

static const struct test_case cases[] = {
    {"what changed after the start is finished", what_changed_after_the_start_is_finished},
    {"what changed before, or in the tick of the start, is not",
     what_changed_before_or_in_the_tick_of_the_start_is_not},
    {"what has a source that changed since the start is not", what_has_a_source_that_changed_since_the_start_is_not},
    {"what differs in size or time or is missing is not", what_differs_in_size_or_time_or_is_missing_is_not},
};

int main(void)
{
    return TEST_RUN(cases);
}
