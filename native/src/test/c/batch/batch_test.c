#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "attribute/attributes.h"
#include "batch/batch.h"
#include "entries/list_directory.h"
#include "support/batches.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

/* Counts the records with this outcome. */
static int count_outcomes(struct pc_entry *entry, size_t bytes, enum pc_outcome outcome)
{
    int count = 0;
    for (char *end = (char *)entry + bytes; (char *)entry < end; entry = pc_entry_next(entry))
        count += pc_entry_outcome(entry) == outcome;
    return count;
}

/* Counts the records with this failed operation. */
static int count_failed(struct pc_entry *entry, size_t bytes, enum pc_operation operation, int error)
{
    int count = 0;
    for (char *end = (char *)entry + bytes; (char *)entry < end; entry = pc_entry_next(entry))
        count += entry->operation == operation && entry->error == error;
    return count;
}

static void a_directory_of_odd_names_is_copied(void)
{
    char longest[256];
    memset(longest, '\xfe', 255);
    longest[255] = '\0';
    const char *const names[] = {"plain", "a\nb", "\xff\xfe", " ", "...", "-rf", "\\", longest};
    enum { NAMES = sizeof names / sizeof names[0] };
    begin_batch();
    for (size_t i = 0; i < NAMES; i++)
        make_file(source_dir, names[i], 3000 * i);
    CHECK(symlinkat("plain", source_dir, "link") == 0);
    CHECK(mkfifoat(source_dir, "fifo", 0640) == 0);
    struct pc_entry *records;
    size_t bytes;
    CHECK_EQUAL(0, copy_all(&records, &bytes));
    CHECK_EQUAL(NAMES + 2, count_outcomes(records, bytes, PC_DONE));
    CHECK_EQUAL(NAMES + 2, count_entries(target_dir));
    for (size_t i = 0; i < NAMES; i++)
        check_copied(names[i]);
    check_copied("link");
    check_copied("fifo");
}

static void one_failure_does_not_stop_the_others(void)
{
    begin_batch();
    for (char name[] = "a"; name[0] <= 'j'; name[0]++)
        make_file(source_dir, name, 100);
    make_file(target_dir, "c", 7);
    make_file(target_dir, "g", 7);
    struct pc_entry *records;
    size_t bytes;
    CHECK_EQUAL(2, copy_all(&records, &bytes));
    CHECK_EQUAL(8, count_outcomes(records, bytes, PC_DONE));
    CHECK_EQUAL(2, count_failed(records, bytes, PC_CREATE, EEXIST));
    CHECK_EQUAL(800, context.bytes);
}

static void a_single_entry_may_get_another_name(void)
{
    begin_batch();
    make_file(source_dir, "old", 100);
    struct pc_entry *entry = record_of(source_dir, "old");
    CHECK_EQUAL(0, copy_records(entry, entry->record_bytes, "new"));
    CHECK(is_same_data(source_dir, "old", target_dir, "new"));
    CHECK(!is_there(target_dir, "old"));
}

static void impossible_batches_are_refused_before_anything_is_done(void)
{
    begin_batch();
    make_file(source_dir, "file", 100);
    close(make_directory(source_dir, "directory"));
    size_t bytes = pc_entry_bytes(4) + pc_entry_bytes(9);
    struct pc_entry *first = test_memory(bytes), *second;
    memcpy(first, record_of(source_dir, "file"), pc_entry_bytes(4));
    second = pc_entry_next(first);
    memcpy(second, record_of(source_dir, "directory"), pc_entry_bytes(9));

    CHECK_EQUAL(-EINVAL, copy_records(first, bytes, NULL)); /* a directory */
    second->type = DT_UNKNOWN;
    CHECK_EQUAL(-EINVAL, copy_records(first, bytes, NULL)); /* unknown type */
    second->type = DT_REG;
    CHECK_EQUAL(-EINVAL, copy_records(first, bytes, "name")); /* one name for two records */
    CHECK_EQUAL(-EINVAL, copy_records(first, bytes - 8, NULL)); /* truncated */
    second->name[1] = '/';
    CHECK_EQUAL(-EINVAL, copy_records(first, bytes, NULL)); /* leads out of the directory */
    static const char *const names[] = {"", ".", "..", "a/b", "/"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        CHECK_EQUAL(-EINVAL, copy_records(first, first->record_bytes, names[i]));
    CHECK_EQUAL(0, count_entries(target_dir));

    CHECK_EQUAL(0, copy_records(first, 0, NULL));
    CHECK_EQUAL(-EINVAL, pc_copy_entries(source_dir, target_dir, first, 0, NULL, &context, first, 100, NULL)); /* io */
}

static void an_entry_that_was_not_described_is_passed_over(void)
{
    begin_batch();
    make_file(source_dir, "file", 100);
    struct pc_entry *entry = record_of(source_dir, "file");
    entry->operation = PC_STAT;
    entry->error = EIO;
    entry->type = DT_UNKNOWN;
    CHECK_EQUAL(1, copy_record(entry));
    check_failed(entry, PC_STAT, EIO);
    CHECK_EQUAL(0, count_entries(target_dir));
}

static void an_old_outcome_does_not_stay(void)
{
    begin_batch();
    make_file(source_dir, "file", 100);
    struct pc_entry *entry = record_of(source_dir, "file");
    entry->outcome = PC_NOT_DONE;
    entry->error = 5;
    CHECK_EQUAL(0, copy_record(entry));
    check_outcome(entry, PC_DONE);
}

static void a_stop_leaves_the_rest_undone(void)
{
    begin_batch();
    make_file(source_dir, "file", 100);
    context.stop = 1;
    check_outcome(copy_one("file"), PC_NOT_DONE);
    CHECK_EQUAL(0, count_entries(target_dir));
}

static void set_stop(void)
{
    context.stop = 1;
}

static void a_stop_is_heeded_between_entries(void)
{
    begin_batch();
    for (char name[] = "a"; name[0] <= 'j'; name[0]++)
        make_file(source_dir, name, 100);
    fault[FAULT_PREAD] = (struct fault){.skip = 3, .times = 1, .before = set_stop};
    struct pc_entry *records;
    size_t bytes;
    CHECK_EQUAL(6, copy_all(&records, &bytes)); /* the fourth is small and gets done */
    CHECK_EQUAL(4, count_outcomes(records, bytes, PC_DONE));
    CHECK_EQUAL(6, count_outcomes(records, bytes, PC_NOT_DONE));
    CHECK_EQUAL(4, count_entries(target_dir));
}

static void check_stops_when_full(int error)
{
    begin_batch();
    for (char name[] = "a"; name[0] <= 'j'; name[0]++)
        make_file(source_dir, name, 100);
    fault[FAULT_PWRITE] = (struct fault){.skip = 3, .times = 1, .error = error};
    struct pc_entry *records;
    size_t bytes;
    CHECK_EQUAL(7, copy_all(&records, &bytes));
    CHECK_EQUAL(3, count_outcomes(records, bytes, PC_DONE));
    CHECK_EQUAL(1, count_failed(records, bytes, PC_WRITE, error));
    CHECK_EQUAL(6, count_outcomes(records, bytes, PC_NOT_DONE));
    CHECK_EQUAL(3, count_entries(target_dir));
}

static void an_exhausted_quota_stops_the_batch(void)
{
    check_stops_when_full(EDQUOT);
}

/* Some servers return this for a read or an open, while the target has enough room. */
static void a_source_that_says_that_it_is_full_fails_alone(void)
{
    static const struct {
        enum fault_call call;
        int skip;
        enum pc_operation operation;
    } calls[] = {{FAULT_OPENAT, 2, PC_OPEN}, {FAULT_PREAD, 1, PC_READ}};
    static const int errors[] = {ENOSPC, EDQUOT};
    begin_batch();
    for (char name[] = "a"; name[0] <= 'j'; name[0]++)
        make_file(source_dir, name, 100);
    for (size_t i = 0; i < 4; i++) {
        fault_clear();
        fault[calls[i / 2].call] = (struct fault){.skip = calls[i / 2].skip, .times = 1, .error = errors[i % 2]};
        context.existing = PC_REPLACE;
        struct pc_entry *records;
        size_t bytes;
        CHECK_EQUAL(1, copy_all(&records, &bytes));
        CHECK_EQUAL(9, count_outcomes(records, bytes, PC_DONE));
        CHECK_EQUAL(1, count_failed(records, bytes, calls[i / 2].operation, errors[i % 2]));
        for (struct pc_entry *entry = records; (char *)entry < (char *)records + bytes; entry = pc_entry_next(entry))
            CHECK_EQUAL(pc_entry_outcome(entry) == PC_DONE, is_there(target_dir, entry->name));
        for (char name[] = "a"; name[0] <= 'j'; name[0]++)
            unlinkat(target_dir, name, 0);
    }
}

static void a_full_file_system_stops_the_batch(void)
{
    begin_batch();
    for (char name[] = "a"; name[0] <= 'j'; name[0]++)
        make_file(source_dir, name, 300 << 10);
    close(target_dir);
    target_dir = test_mount_tmpfs("small", "1m");
    static const enum pc_method methods[] = {PC_AUTO, PC_BUFFERED, PC_SPLICE};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        context.method = methods[i];
        context.bytes = 0;
        struct pc_entry *records;
        size_t bytes;
        CHECK_EQUAL(7, copy_all(&records, &bytes));
        CHECK_EQUAL(3, count_outcomes(records, bytes, PC_DONE));
        CHECK_EQUAL(6, count_outcomes(records, bytes, PC_NOT_DONE));
        CHECK_EQUAL(3, count_entries(target_dir)); /* the one that did not fit is removed again */
        CHECK_EQUAL(3 * (300 << 10), context.bytes);
        for (struct pc_entry *entry = records; (char *)entry < (char *)records + bytes; entry = pc_entry_next(entry))
            if (pc_entry_outcome(entry) == PC_DONE)
                CHECK(unlinkat(target_dir, entry->name, 0) == 0);
            else if (pc_entry_outcome(entry) != PC_NOT_DONE)
                CHECK_EQUAL(ENOSPC, entry->error);
    }
}

static void between_file_systems_a_method_is_disabled_once(void)
{
    begin_batch();
    for (char name[] = "a"; name[0] <= 'j'; name[0]++)
        make_file(source_dir, name, IO_BYTES + 100);
    close(target_dir);
    target_dir = test_mount_tmpfs("other", "20m");
    context.method = PC_AUTO;
    struct pc_entry *records;
    size_t bytes;
    CHECK_EQUAL(0, copy_all(&records, &bytes));
    CHECK_EQUAL(10, count_entries(target_dir));
    for (char name[] = "a"; name[0] <= 'j'; name[0]++)
        check_copied(name);
    CHECK(fault[FAULT_IOCTL].calls <= 1);
    CHECK(fault[FAULT_PIPE2].calls <= 1);
}

static void a_batch_asks_about_its_directory_once(void)
{
    begin_batch();
    context.preserve |= PC_PRESERVE_OWNERSHIP;
    for (char name[] = "a"; name[0] <= 'j'; name[0]++)
        make_file(source_dir, name, 100);
    fault_clear();
    struct pc_entry *records;
    size_t bytes;
    CHECK_EQUAL(0, copy_all(&records, &bytes));
    CHECK_EQUAL(1, fault[FAULT_FCHMOD].calls); /* the first, whose owner could not be predicted */
    CHECK_EQUAL(0, fault[FAULT_FCHOWNAT].calls);
}

static const struct test_case cases[] = {
    {"a directory of odd names is copied", a_directory_of_odd_names_is_copied},
    {"one failure does not stop the others", one_failure_does_not_stop_the_others},
    {"a single entry may get another name", a_single_entry_may_get_another_name},
    {"impossible batches are refused before anything is done",
     impossible_batches_are_refused_before_anything_is_done},
    {"an entry that was not described is passed over", an_entry_that_was_not_described_is_passed_over},
    {"an old outcome does not stay", an_old_outcome_does_not_stay},
    {"a stop leaves the rest undone", a_stop_leaves_the_rest_undone},
    {"a stop is heeded between entries", a_stop_is_heeded_between_entries},
    {"an exhausted quota stops the batch", an_exhausted_quota_stops_the_batch},
    {"a source that says that it is full fails alone", a_source_that_says_that_it_is_full_fails_alone},
    {"a full file system stops the batch", a_full_file_system_stops_the_batch},
    {"between file systems a method is disabled once", between_file_systems_a_method_is_disabled_once},
    {"a batch asks about its directory once", a_batch_asks_about_its_directory_once},
};

int main(void)
{
    return TEST_RUN(cases);
}
