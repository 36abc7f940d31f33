#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "batch/batch.h"
#include "batch/flush_group.h"
#include "data/read_back.h"
#include "entries/list_directory.h"
#include "support/batches.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

/* Files that are flushed, and read back, before they are completed. */

static void begin(const char *type)
{
    if (type)
        here = test_mount_image(type, "300M");
    begin_batch();
    context.verify = 1;
}

/* Copies everything in as many calls as it takes; returns how many. */
static int copy_in_calls(struct pc_entry **records, size_t *bytes)
{
    char *io = test_memory(IO_BYTES);
    *records = test_memory(MIB);
    CHECK(lseek(source_dir, 0, SEEK_SET) == 0);
    ssize_t listed = pc_list_directory(source_dir, *records, MIB);
    CHECK(listed >= 0);
    *bytes = (size_t)listed & ~(size_t)PC_LIST_END;
    int calls = 0;
    for (size_t at = 0; at < *bytes; calls++) {
        int64_t done = pc_copy_entries(
            source_dir, target_dir, (char *)*records + at, *bytes - at, NULL, &context, io, IO_BYTES, NULL);
        CHECK(done > 0);
        at += (size_t)done;
    }
    return calls;
}

static void what_is_right_is_completed(void)
{
    begin("ext4");
    make_file(source_dir, "file", 70001);
    make_file(source_dir, "one", 1);
    make_file(source_dir, "none", 0);
    make_sparse(source_dir, "sparse", ".", 3000);
    CHECK(symlinkat("some/where", source_dir, "link") == 0);
    struct pc_entry *records;
    size_t bytes;
    copy_in_calls(&records, &bytes);
    check_copied("file");
    check_copied("one");
    check_copied("none");
    check_copied("sparse");
    check_copied("link");
    CHECK_EQUAL(70002 + 65536 + 3000, context.verified);
    CHECK_EQUAL(context.bytes, context.verified);
    CHECK_EQUAL(0, context.repaired);
    CHECK_EQUAL(0, context.unproven);
    CHECK(strcmp(".x", map_of(target_dir, "sparse")) == 0);
}

static void each_is_flushed_and_read_back_once(void)
{
    begin("xfs");
    for (char name[] = "a"; name[0] <= 'e'; name[0]++)
        make_file(source_dir, name, 1000);
    struct pc_entry *records;
    size_t bytes;
    fault_clear();
    CHECK_EQUAL(1, copy_in_calls(&records, &bytes));
    CHECK_EQUAL(5, fault[FAULT_FDATASYNC].calls);
    CHECK_EQUAL(0, fault[FAULT_FSYNC].calls);
    CHECK_EQUAL(5, fault[FAULT_SETFL].calls);
    CHECK_EQUAL(10, fault[FAULT_PREAD].calls);
    CHECK_EQUAL(5, fault[FAULT_PWRITE].calls);
}

/* ---- damaged data ---- */

static const char *spoilt;

/* Changes a byte of the target, under its present name. */
static void spoil(void)
{
    int fd = openat(target_dir, spoilt, O_RDWR | O_CLOEXEC);
    CHECK(fd >= 0);
    char byte;
    CHECK(lseek(fd, 500, SEEK_SET) == 500 && read(fd, &byte, 1) == 1);
    byte++;
    CHECK(lseek(fd, 500, SEEK_SET) == 500 && write(fd, &byte, 1) == 1);
    close(fd);
}

/* After flushing the second of three files, so many times from the first on. */
static void spoil_second(const char *name, int times)
{
    spoilt = name;
    fault_clear();
    fault[FAULT_FDATASYNC] = (struct fault){.skip = 1, .times = 1, .before = spoil};
    if (times > 1)
        fault[FAULT_FDATASYNC].times = 3; /* that of the third file is one of them */
}

static struct pc_entry *copy_three(void)
{
    for (char name[] = "a"; name[0] <= 'c'; name[0]++)
        make_file(source_dir, name, 1000);
    struct pc_entry *all = test_memory(1024);
    size_t at = 0;
    for (char name[] = "a"; name[0] <= 'c'; name[0]++) {
        struct pc_entry *one = record_of(source_dir, name);
        memcpy((char *)all + at, one, one->record_bytes);
        at += one->record_bytes;
    }
    char *io = test_memory(IO_BYTES);
    CHECK_EQUAL(at, pc_copy_entries(source_dir, target_dir, all, at, NULL, &context, io, IO_BYTES, NULL));
    /* The data of the files that did not fail is contiguous in memory. */
    size_t held = 0;
    char *end = (char *)all + at;
    for (struct pc_entry *entry = all; context.in_memory && (char *)entry < end; entry = pc_entry_next(entry)) {
        char data[1000];
        if (pc_entry_outcome(entry) != PC_DONE)
            continue;
        int fd = openat(source_dir, entry->name, O_RDONLY | O_CLOEXEC);
        CHECK(read(fd, data, 1000) == 1000);
        close(fd);
        CHECK(memcmp(data, io + held, 1000) == 0);
        held += 1000;
    }
    return all;
}

static void what_differs_once_is_written_once_more(void)
{
    begin(NULL);
    spoil_second("b", 1);
    struct pc_entry *second = pc_entry_next(copy_three());
    check_outcome(second, PC_DONE);
    CHECK_EQUAL(4, fault[FAULT_FDATASYNC].calls);
    CHECK_EQUAL(1, context.repaired);
    CHECK_EQUAL(3000, context.verified);
    check_copied("a");
    check_copied("b");
    check_copied("c");
}

static void what_differs_twice_is_taken_away(void)
{
    begin(NULL);
    context.in_memory = 1;
    spoil_second("b", 2);
    int descriptors = count_descriptors();
    struct pc_entry *first = copy_three(), *second = pc_entry_next(first);
    check_outcome(first, PC_DONE);
    check_failed(second, PC_VERIFY, 0);
    check_outcome(pc_entry_next(second), PC_DONE);
    CHECK_EQUAL(0, context.repaired);
    CHECK_EQUAL(2000, context.verified);
    CHECK_EQUAL(2000, context.bytes);
    check_copied("a");
    check_copied("c");
    CHECK_EQUAL(2, count_entries(target_dir));
    CHECK_EQUAL(descriptors, count_descriptors());
}

static void an_old_file_stays_if_the_new_one_differs(void)
{
    begin(NULL);
    context.existing = PC_REPLACE;
    strcpy(context.temporary_prefix, ".fcp.id.");
    make_text(target_dir, "b", "old");
    char name[sizeof(struct pc_temporary)];
    strcpy(name, pc_temporary_of("b", context.temporary_prefix).name);
    spoil_second(name, 2);
    struct pc_entry *second = pc_entry_next(copy_three());
    check_failed(second, PC_VERIFY, 0);
    CHECK_EQUAL(3, status_of(target_dir, "b").st_size);
    CHECK_EQUAL(3, count_entries(target_dir));
}

static void what_cannot_be_flushed_has_failed(void)
{
    begin(NULL);
    fault_clear();
    fault[FAULT_FDATASYNC] = (struct fault){.skip = 1, .times = 1, .error = EIO};
    struct pc_entry *second = pc_entry_next(copy_three());
    check_failed(second, PC_FLUSH, EIO);
    CHECK(!is_there(target_dir, "b"));
    check_copied("a");
    check_copied("c");
}

/* As with --fsync: the file system is flushed as a whole. */
static void what_cannot_be_flushed_alone_is_flushed_with_all_else(void)
{
    static const int errors[] = {EINVAL, EROFS, EOPNOTSUPP, ENOSYS};
    begin(NULL);
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        context.flush = (int)(i % 2);
        fault_clear();
        fault[FAULT_FDATASYNC] = (struct fault){.times = INT_MAX, .error = errors[i]};
        fault[FAULT_FSYNC] = (struct fault){.times = INT_MAX, .error = errors[i]};
        copy_three();
        CHECK(fault[FAULT_FDATASYNC].calls > 0);
        for (char name[] = "a"; name[0] <= 'c'; name[0]++) {
            check_copied(name);
            CHECK(unlinkat(target_dir, name, 0) == 0 && unlinkat(source_dir, name, 0) == 0);
        }
    }
}

static void what_cannot_be_read_back_has_failed(void)
{
    begin(NULL);
    fault_clear();
    fault[FAULT_PREAD] = (struct fault){.skip = 4, .times = 1, .error = EIO};
    struct pc_entry *second = pc_entry_next(copy_three());
    check_failed(second, PC_VERIFY, EIO);
    CHECK(!is_there(target_dir, "b"));
    CHECK_EQUAL(2000, context.verified);
}

static void without_o_direct_the_cache_is_dropped(void)
{
    begin("ext4");
    fault_clear();
    fault[FAULT_SETFL] = (struct fault){.times = 100, .error = EINVAL};
    copy_three();
    check_copied("b");
    CHECK_EQUAL(3000, context.verified);
    fault_clear();
    fault[FAULT_PREAD] = (struct fault){.times = 1, .error = EINVAL};
    char *data = test_memory(4096);
    int fd = openat(target_dir, "a", O_RDONLY | O_CLOEXEC);
    CHECK_EQUAL(1000, pc_read_back(fd, data, 4000, 0));
    CHECK_EQUAL(0, fcntl(fd, F_GETFL) & O_DIRECT);
    CHECK_EQUAL(3, fault[FAULT_PREAD].calls); /* the last one detects the end */
    close(fd);
}

/* ---- changing sources ---- */

static void append(const char *name, size_t bytes)
{
    int fd = openat(source_dir, name, O_WRONLY | O_APPEND | O_CLOEXEC);
    CHECK(fd >= 0 && write(fd, test_memory(bytes), bytes) == (ssize_t)bytes);
    close(fd);
}

static void of_a_file_that_has_changed_the_last_version_is_verified(void)
{
    begin(NULL);
    make_file(source_dir, "file", 1000);
    struct pc_entry *entry = record_of(source_dir, "file");
    append("file", 500);
    CHECK_EQUAL(0, copy_record(entry));
    CHECK_EQUAL(1500, context.verified);
    check_copied("file");
}

static void a_file_that_has_outgrown_the_memory_is_not_done(void)
{
    begin(NULL);
    make_file(source_dir, "file", 1000);
    struct pc_entry *entry = record_of(source_dir, "file");
    append("file", IO_BYTES / 2);
    int descriptors = count_descriptors();
    CHECK_EQUAL(1, copy_record(entry));
    check_outcome(entry, PC_NOT_DONE);
    CHECK_EQUAL(1000 + IO_BYTES / 2, entry->size);
    CHECK_EQUAL(0, count_entries(target_dir));
    CHECK_EQUAL(descriptors, count_descriptors());
}

static void modes_and_owners_need_no_more_calls_for_waiting(void)
{
    begin(NULL);
    context.preserve |= PC_PRESERVE_OWNERSHIP;
    fault_clear();
    copy_three();
    int by_make_file = 3;
    CHECK_EQUAL(by_make_file + 1, fault[FAULT_FCHMOD].calls); /* for the first, as its owner is unknown */
    check_copied("b");
}

/* ---- limits ---- */

static void a_call_takes_no_more_files_than_may_be_open(void)
{
    begin(NULL);
    for (int i = 0; i < PC_GROUP_FILES_MAX * 2 + 1; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", i);
        make_file(source_dir, name, 100);
    }
    struct pc_entry *records;
    size_t bytes;
    CHECK_EQUAL(3, copy_in_calls(&records, &bytes));
    CHECK_EQUAL(PC_GROUP_FILES_MAX * 2 + 1, count_entries(target_dir));
}

static void for_want_of_descriptors_fewer_wait(void)
{
    CHECK(setrlimit(RLIMIT_NOFILE, &(struct rlimit){40, 40}) == 0);
    begin(NULL);
    for (int i = 0; i < 50; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", i);
        make_file(source_dir, name, 100);
    }
    struct pc_entry *records;
    size_t bytes;
    CHECK_EQUAL(5, copy_in_calls(&records, &bytes));
    CHECK_EQUAL(50, count_entries(target_dir));
    CHECK_EQUAL(5000, context.verified);
}

static void for_want_of_descriptors_a_call_ends_earlier(void)
{
    begin(NULL);
    for (char name[] = "a"; name[0] <= 'c'; name[0]++)
        make_file(source_dir, name, 100);
    fault_clear();
    struct pc_entry *records;
    size_t bytes;
    fault[FAULT_OPENAT] = (struct fault){.skip = 3, .times = 1, .error = EMFILE};
    CHECK_EQUAL(2, copy_in_calls(&records, &bytes));
    check_copied("a");
    check_copied("b");
    check_copied("c");
}

static void what_is_to_be_flushed_is_with_its_times(void)
{
    begin(NULL);
    context.verify = 0;
    context.flush = 1;
    fault_clear();
    copy_three();
    CHECK_EQUAL(3, fault[FAULT_FSYNC].calls);
    CHECK_EQUAL(0, fault[FAULT_FDATASYNC].calls);
    check_copied("b");
}

static void the_end_of_a_file_as_long_as_files_can_be_is_read_back(void)
{
    int dir = test_mount_tmpfs("memory", "1M");
    int fd = openat(dir, "file", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    CHECK(ftruncate(fd, INT64_MAX) == 0);
    char *memory = test_memory(MIB);
    int64_t at = INT64_MAX - (MIB - 1);
    CHECK_EQUAL(MIB - 1, pc_read_back(fd, memory, MIB - 1, at));
    close(fd);
}

static void a_range_can_be_cleared(void)
{
    begin("xfs");
    make_file(target_dir, "file", 4 * 65536);
    int fd = openat(target_dir, "file", O_RDWR | O_CLOEXEC);
    CHECK_EQUAL(0, pc_clear_range(fd, 65536, 65536));
    CHECK(strcmp("x.xx", map_of(target_dir, "file")) == 0);
    close(fd);
}

static const struct test_case cases[] = {
    {"the end of a file as long as files can be is read back", the_end_of_a_file_as_long_as_files_can_be_is_read_back},
    {"what is right is completed", what_is_right_is_completed},
    {"each is flushed and read back once", each_is_flushed_and_read_back_once},
    {"what differs once is written once more", what_differs_once_is_written_once_more},
    {"what differs twice is taken away", what_differs_twice_is_taken_away},
    {"an old file stays if the new one differs", an_old_file_stays_if_the_new_one_differs},
    {"what cannot be flushed has failed", what_cannot_be_flushed_has_failed},
    {"what cannot be flushed alone is flushed with all else", what_cannot_be_flushed_alone_is_flushed_with_all_else},
    {"what cannot be read back has failed", what_cannot_be_read_back_has_failed},
    {"without O_DIRECT the cache is dropped", without_o_direct_the_cache_is_dropped},
    {"of a file that has changed the last version is verified",
     of_a_file_that_has_changed_the_last_version_is_verified},
    {"a file that has outgrown the memory is not done", a_file_that_has_outgrown_the_memory_is_not_done},
    {"modes and owners need no more calls for waiting", modes_and_owners_need_no_more_calls_for_waiting},
    {"a call takes no more files than may be open", a_call_takes_no_more_files_than_may_be_open},
    {"for want of descriptors fewer wait", for_want_of_descriptors_fewer_wait},
    {"for want of descriptors a call ends earlier", for_want_of_descriptors_a_call_ends_earlier},
    {"what is to be flushed is, with its times", what_is_to_be_flushed_is_with_its_times},
    {"a range can be cleared", a_range_can_be_cleared},
};

int main(void)
{
    return TEST_RUN(cases);
}
