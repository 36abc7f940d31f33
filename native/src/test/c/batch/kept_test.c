#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "batch/batch.h"
#include "batch/dry_run.h"
#include "entries/finish.h"
#include "entries/kept.h"
#include "support/batches.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

/* Existing entries that are kept though they differ: newer ones, or all. */

enum { OLD = 1600000000, NEW = 1700000000 };

static void begin(enum pc_existing existing)
{
    begin_batch();
    context.existing = existing;
    context.doubtful_s = INT64_MAX;
    strcpy(context.temporary_prefix, ".fcp.test.");
}

static void make_old_and_new(void)
{
    make_file(source_dir, "file", 1000);
    set_mtime(source_dir, "file", OLD, 0);
    make_file(target_dir, "file", 2000);
    set_mtime(target_dir, "file", NEW, 0);
}

/* What a dry run says of the one entry; also that a dry run and a run agree. */
static void check_both(const char *name, enum pc_outcome outcome)
{
    uint16_t changes;
    struct pc_entry *entry = record_of(source_dir, name);
    CHECK_EQUAL(
        1,
        pc_dry_run_entries(
            source_dir, target_dir, entry, entry->record_bytes, NULL, &changes, 1, &context));
    check_outcome(entry, outcome);
    check_outcome(copy_one(name), outcome);
    CHECK_EQUAL(1, count_entries(target_dir));
}

static void what_is_newer_is_kept(void)
{
    begin(PC_UPDATE_OLDER);
    make_old_and_new();
    check_both("file", PC_KEPT);
    CHECK_EQUAL(2000, status_of(target_dir, "file").st_size);
    set_mtime(target_dir, "file", OLD, 1); /* a nanosecond is enough */
    check_both("file", PC_KEPT);
}

static void what_is_older_or_as_old_and_differs_is_replaced(void)
{
    begin(PC_UPDATE_OLDER);
    make_old_and_new();
    set_mtime(target_dir, "file", OLD, 0);
    check_both("file", PC_DONE);
    check_copied("file");
    CHECK(unlinkat(target_dir, "file", 0) == 0);
    make_file(target_dir, "file", 3000);
    set_mtime(target_dir, "file", OLD - 1, 999999999);
    check_both("file", PC_DONE);
    check_both("file", PC_UP_TO_DATE);
}

static void differing_replaces_what_is_newer(void)
{
    begin(PC_UPDATE_DIFFERING);
    make_old_and_new();
    check_both("file", PC_DONE);
    check_copied("file");
}

static void a_newer_link_and_a_newer_entry_of_another_type_are_kept(void)
{
    begin(PC_UPDATE_OLDER);
    CHECK(symlinkat("source", source_dir, "entry") == 0);
    set_mtime(source_dir, "entry", OLD, 0);
    CHECK(symlinkat("target", target_dir, "entry") == 0);
    set_mtime(target_dir, "entry", NEW, 0);
    check_both("entry", PC_KEPT);
    CHECK(unlinkat(target_dir, "entry", 0) == 0);
    make_file(target_dir, "entry", 10);
    set_mtime(target_dir, "entry", NEW, 0);
    check_both("entry", PC_KEPT);
    set_mtime(target_dir, "entry", OLD - 1, 0);
    check_both("entry", PC_DONE);
}

static void a_newer_directory_is_in_the_way_all_the_same(void)
{
    begin(PC_UPDATE_OLDER);
    make_file(source_dir, "file", 100);
    set_mtime(source_dir, "file", OLD, 0);
    close(make_directory(target_dir, "file"));
    check_failed(copy_one("file"), PC_CREATE, EISDIR);
}

static void keep_keeps_whatever_exists(void)
{
    begin(PC_KEEP);
    make_old_and_new();
    set_mtime(target_dir, "file", OLD - 1, 0);
    CHECK(fchmodat(target_dir, "file", 0600, 0) == 0);
    check_both("file", PC_KEPT);
    set_mtime(target_dir, "file", OLD, 0);
    check_both("file", PC_KEPT);
    CHECK_EQUAL(0600, status_of(target_dir, "file").st_mode & 07777);
    CHECK(unlinkat(target_dir, "file", 0) == 0);
    close(make_directory(target_dir, "file"));
    check_both("file", PC_KEPT);
    CHECK(unlinkat(target_dir, "file", AT_REMOVEDIR) == 0);
    check_outcome(copy_one("file"), PC_DONE);
}

/* A run that was not finished began now, or so many seconds later; what follows happens after it. */
static void begin_unfinished_run(int64_t seconds)
{
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    struct timespec now;
    CHECK(clock_gettime(CLOCK_REALTIME_COARSE, &now) == 0);
    context.doubtful_s = now.tv_sec + seconds;
    context.doubtful_ns = (uint32_t)now.tv_nsec;
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
}

static void what_an_unfinished_run_may_have_written_is_compared(void)
{
    static const enum pc_existing policies[] = {PC_UPDATE_OLDER, PC_KEEP};
    for (size_t i = 0; i < 2; i++) {
        begin(policies[i]);
        make_file(source_dir, "file", 1000);
        set_mtime(source_dir, "file", OLD, 0);
        make_file(target_dir, "file", 500);
        begin_unfinished_run(-10);
        check_both("file", PC_DONE);
        check_copied("file");
        check_both("file", policies[i] == PC_KEEP ? PC_KEPT : PC_UP_TO_DATE);
        CHECK(unlinkat(source_dir, "file", 0) == 0 && unlinkat(target_dir, "file", 0) == 0);
        CHECK(unlinkat(here, "source", AT_REMOVEDIR) == 0 && unlinkat(here, "target", AT_REMOVEDIR) == 0);
    }
}

static void what_only_changed_its_mode_or_names_since_then_is_kept(void)
{
    begin(PC_UPDATE_OLDER);
    make_old_and_new();
    begin_unfinished_run(0);
    CHECK(fchmodat(target_dir, "file", 0604, 0) == 0);
    CHECK(linkat(target_dir, "file", here, "snapshot", 0) == 0);
    check_both("file", PC_KEPT);
}

static void what_was_there_before_that_run_and_is_written_since_then_is_compared_but_kept_if_all_is(void)
{
    static const enum pc_existing policies[] = {PC_UPDATE_OLDER, PC_KEEP};
    for (size_t i = 0; i < 2; i++) {
        begin(policies[i]);
        make_old_and_new();
        begin_unfinished_run(0);
        int file = openat(target_dir, "file", O_WRONLY);
        CHECK(write(file, "mine", 4) == 4);
        close(file);
        check_both("file", policies[i] == PC_KEEP ? PC_KEPT : PC_DONE);
        CHECK(unlinkat(source_dir, "file", 0) == 0 && unlinkat(target_dir, "file", 0) == 0);
        CHECK(unlinkat(here, "source", AT_REMOVEDIR) == 0 && unlinkat(here, "target", AT_REMOVEDIR) == 0);
    }
}

static void what_is_written_while_a_resumed_large_file_grows_is_kept(void)
{
    static const enum pc_existing policies[] = {PC_UPDATE_OLDER, PC_KEEP};
    for (size_t i = 0; i < 2; i++) {
        begin(policies[i]);
        make_file(source_dir, "file", 1000);
        set_mtime(source_dir, "file", OLD, 0);
        make_file(target_dir, "temporary", 1000);
        begin_unfinished_run(-10);
        make_file(target_dir, "file", 7);
        struct pc_entry *entry = record_of(source_dir, "file");
        struct pc_loss loss = {.context = &context};
        CHECK_EQUAL(PC_KEPT, pc_finish_file(source_dir, target_dir, entry, "temporary", "file", &loss));
        CHECK_EQUAL(7, status_of(target_dir, "file").st_size);
        CHECK(unlinkat(source_dir, "file", 0) == 0 && unlinkat(target_dir, "file", 0) == 0);
        CHECK(unlinkat(here, "source", AT_REMOVEDIR) == 0 && unlinkat(here, "target", AT_REMOVEDIR) == 0);
    }
}

/* Another process's file, which appears while ours is copied. */
static void write_newer(void)
{
    if (is_there(target_dir, "file"))
        CHECK(unlinkat(target_dir, "file", 0) == 0);
    make_file(target_dir, "file", 7);
    set_mtime(target_dir, "file", NEW, 0);
}

static void what_becomes_newer_during_the_copy_is_kept(void)
{
    begin(PC_UPDATE_OLDER);
    make_old_and_new();
    set_mtime(target_dir, "file", OLD - 1, 0);
    fault[FAULT_PREAD] = (struct fault){.times = 1, .before = write_newer};
    check_outcome(copy_one("file"), PC_KEPT);
    CHECK_EQUAL(7, status_of(target_dir, "file").st_size);
    CHECK_EQUAL(1, count_entries(target_dir));
}

static void a_large_file_does_not_replace_what_has_become_newer(void)
{
    static const enum pc_existing policies[] = {PC_UPDATE_OLDER, PC_KEEP, PC_UPDATE_DIFFERING};
    for (size_t i = 0; i < 3; i++) {
        begin(policies[i]);
        make_old_and_new();
        make_file(target_dir, "temporary", 1000);
        struct pc_entry *entry = record_of(source_dir, "file");
        struct pc_loss loss = {.context = &context};
        enum pc_outcome expected = i == 2 ? PC_DONE : PC_KEPT;
        CHECK_EQUAL(expected, pc_finish_file(source_dir, target_dir, entry, "temporary", "file", &loss));
        CHECK_EQUAL(i == 2 ? 1000 : 2000, status_of(target_dir, "file").st_size);
        CHECK_EQUAL(1, count_entries(target_dir));
        CHECK(unlinkat(source_dir, "file", 0) == 0 && unlinkat(target_dir, "file", 0) == 0);
        CHECK(unlinkat(here, "source", AT_REMOVEDIR) == 0 && unlinkat(here, "target", AT_REMOVEDIR) == 0);
    }
}

static void coarse_times_are_not_newer(void)
{
    here = test_mount_image("ext2", "16M");
    begin(PC_UPDATE_OLDER);
    make_old_and_new();
    struct pc_entry *entry = record_of(source_dir, "file");
    entry->mtime_s = NEW;
    entry->mtime_ns = 999999999;
    CHECK_EQUAL(0, pc_keeps(entry, target_dir, "file", false, &context));
    CHECK_EQUAL(0, pc_keeps(entry, target_dir, "file", true, &context));
    entry->mtime_s = NEW - 1;
    CHECK_EQUAL(1, pc_keeps(entry, target_dir, "file", false, &context));
}

static void a_name_that_is_free_is_not_kept(void)
{
    begin(PC_KEEP);
    make_file(source_dir, "file", 1);
    CHECK_EQUAL(0, pc_keeps(record_of(source_dir, "file"), target_dir, "file", false, &context));
}

static const struct test_case cases[] = {
    {"what is newer is kept", what_is_newer_is_kept},
    {"what is older, or as old and differs, is replaced", what_is_older_or_as_old_and_differs_is_replaced},
    {"differing replaces what is newer", differing_replaces_what_is_newer},
    {"a newer link, and a newer entry of another type, are kept",
     a_newer_link_and_a_newer_entry_of_another_type_are_kept},
    {"a newer directory is in the way all the same", a_newer_directory_is_in_the_way_all_the_same},
    {"keep keeps whatever exists", keep_keeps_whatever_exists},
    {"what an unfinished run may have written is compared", what_an_unfinished_run_may_have_written_is_compared},
    {"what only changed its mode or names since then is kept", what_only_changed_its_mode_or_names_since_then_is_kept},
    {"what was there before that run and is written since then is compared, but kept if all is",
     what_was_there_before_that_run_and_is_written_since_then_is_compared_but_kept_if_all_is},
    {"what is written while a resumed large file grows is kept",
     what_is_written_while_a_resumed_large_file_grows_is_kept},
    {"what becomes newer during the copy is kept", what_becomes_newer_during_the_copy_is_kept},
    {"a large file does not replace what has become newer", a_large_file_does_not_replace_what_has_become_newer},
    {"coarse times are not newer", coarse_times_are_not_newer},
    {"a name that is free is not kept", a_name_that_is_free_is_not_kept},
};

int main(void)
{
    return TEST_RUN(cases);
}
