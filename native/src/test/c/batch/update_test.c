#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "batch/batch.h"
#include "batch/update.h"
#include "entries/list_directory.h"
#include "filesystem/time_granularity.h"
#include "support/batches.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"
#include "sys/temporary_name.h"

/* Copies to existing entries. */

static void begin(enum pc_existing existing)
{
    begin_batch();
    context.existing = existing;
    strcpy(context.temporary_prefix, ".fcp.test.");
}

static ino_t inode_of(int dir, const char *name)
{
    return status_of(dir, name).st_ino;
}

/* ---- replacing ---- */

static void whatever_is_no_directory_is_replaced(void)
{
    static const char *const names[] = {"file", "link", "fifo"};
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 3; j++) {
            begin(PC_REPLACE);
            for (int side = 0; side < 2; side++) {
                int dir = side ? target_dir : source_dir;
                switch (side ? j : i) {
                case 0:
                    make_file(dir, names[i], side ? 90000 : 100);
                    break;
                case 1:
                    CHECK(symlinkat(side ? "../victim" : "new", dir, names[i]) == 0);
                    break;
                default:
                    CHECK(mkfifoat(dir, names[i], side ? 0600 : 0640) == 0);
                }
            }
            make_file(here, "victim", 7);
            ino_t before = inode_of(target_dir, names[i]);
            check_outcome(copy_one(names[i]), PC_DONE);
            CHECK(before != inode_of(target_dir, names[i]));
            check_copied(names[i]);
            CHECK_EQUAL(1, count_entries(target_dir));
            CHECK_EQUAL(7, status_of(here, "victim").st_size);
            CHECK(unlinkat(here, "victim", 0) == 0);
            CHECK(unlinkat(source_dir, names[i], 0) == 0 && unlinkat(target_dir, names[i], 0) == 0);
            CHECK(unlinkat(here, "source", AT_REMOVEDIR) == 0 && unlinkat(here, "target", AT_REMOVEDIR) == 0);
        }
    }
}

static void a_directory_is_not_replaced(void)
{
    begin(PC_REPLACE);
    make_file(source_dir, "file", 100);
    close(make_directory(target_dir, "file"));
    check_failed(copy_one("file"), PC_CREATE, EISDIR);
    CHECK_EQUAL(1, count_entries(target_dir));
}

static void a_failure_leaves_what_was_there(void)
{
    begin(PC_REPLACE);
    make_file(source_dir, "file", 100);
    make_file(target_dir, "file", 200);
    ino_t before = inode_of(target_dir, "file");
    fault[FAULT_PWRITE] = (struct fault){.times = 1, .error = EIO};
    check_failed(copy_one("file"), PC_WRITE, EIO);
    fault[FAULT_PWRITE] = (struct fault){.times = 1, .error = ENOSPC};
    check_failed(copy_one("file"), PC_WRITE, ENOSPC);
    CHECK_EQUAL(before, inode_of(target_dir, "file"));
    CHECK_EQUAL(200, status_of(target_dir, "file").st_size);
    CHECK_EQUAL(1, count_entries(target_dir));
}

static void what_an_earlier_attempt_left_behind_goes(void)
{
    begin(PC_REPLACE);
    make_file(source_dir, "file", 100);
    make_file(target_dir, "file", 200);
    make_file(target_dir, pc_temporary_of("file", context.temporary_prefix).name, 300);
    check_outcome(copy_one("file"), PC_DONE);
    check_copied("file");
    CHECK_EQUAL(1, count_entries(target_dir));
}

static void touch_source(void)
{
    static int64_t second = 1000;
    set_mtime(source_dir, "file", second++, 0);
}

static void a_source_that_does_not_keep_still_replaces_nothing(void)
{
    begin(PC_REPLACE);
    make_file(source_dir, "file", 1000);
    make_file(target_dir, "file", 200);
    ino_t before = inode_of(target_dir, "file");
    fault[FAULT_PREAD] = (struct fault){.times = INT_MAX, .before = touch_source};
    check_outcome(copy_one("file"), PC_CHANGED);
    CHECK_EQUAL(before, inode_of(target_dir, "file"));
    CHECK_EQUAL(1, count_entries(target_dir));
}

static void a_temporary_name_is_the_prefix_and_a_hash(void)
{
    strcpy(context.temporary_prefix, ".fcp.x.");
    CHECK(strcmp(".fcp.x.af63dc4c8601ec8c", pc_temporary_of("a", context.temporary_prefix).name) == 0);
    CHECK(strcmp(".fcp.x.85944171f73967e8", pc_temporary_of("foobar", context.temporary_prefix).name) == 0);
    memset(context.temporary_prefix, 'p', sizeof context.temporary_prefix);
    CHECK_EQUAL(PC_PREFIX_BYTES - 1 + 16, strlen(pc_temporary_of("a", context.temporary_prefix).name));
}

/* ---- updating ---- */

/* Both directories get a file of the same size and time. */
static void make_twins(void)
{
    make_file(source_dir, "file", 1000);
    make_file(target_dir, "file", 1000);
    set_mtime(source_dir, "file", 1700000000, 123456789);
    set_mtime(target_dir, "file", 1700000000, 123456789);
}

static void what_is_up_to_date_costs_one_look(void)
{
    begin(PC_UPDATE_DIFFERING);
    make_twins();
    fault_clear();
    check_outcome(copy_one("file"), PC_UP_TO_DATE);
    CHECK_EQUAL(0, fault[FAULT_OPENAT].calls);
    CHECK_EQUAL(0, fault[FAULT_PREAD].calls);
}

static void another_size_or_nanosecond_is_out_of_date(void)
{
    begin(PC_UPDATE_DIFFERING);
    make_twins();
    set_mtime(target_dir, "file", 1700000000, 123456788);
    check_outcome(copy_one("file"), PC_DONE);
    check_copied("file");
    check_outcome(copy_one("file"), PC_UP_TO_DATE);
    int fd = openat(target_dir, "file", O_WRONLY | O_CLOEXEC);
    CHECK(ftruncate(fd, 999) == 0);
    close(fd);
    set_mtime(target_dir, "file", 1700000000, 123456789);
    check_outcome(copy_one("file"), PC_DONE);
    check_copied("file");
}

static void what_is_missing_or_of_another_type_is_copied(void)
{
    begin(PC_UPDATE_DIFFERING);
    make_file(source_dir, "missing", 10);
    CHECK(symlinkat("new", source_dir, "link") == 0);
    CHECK(symlinkat("old", target_dir, "link") == 0);
    CHECK(mkfifoat(source_dir, "fifo", 0640) == 0);
    make_file(target_dir, "fifo", 5);
    check_outcome(copy_one("missing"), PC_DONE);
    check_outcome(copy_one("link"), PC_DONE);
    check_outcome(copy_one("fifo"), PC_DONE);
    check_copied("missing");
    check_copied("link");
    check_copied("fifo");
    check_outcome(copy_one("link"), PC_UP_TO_DATE);
    check_outcome(copy_one("fifo"), PC_UP_TO_DATE);
}

static void mode_and_attributes_are_repaired(void)
{
    test_needs_root();
    here = test_mount_image("ext4", "16M");
    begin(PC_UPDATE_DIFFERING);
    context.preserve |= PC_PRESERVE_XATTR | PC_PRESERVE_OWNERSHIP;
    make_twins();
    CHECK(fchmodat(source_dir, "file", 04751, 0) == 0);
    CHECK(fchownat(target_dir, "file", 12345, 1, 0) == 0);
    int fd = openat(source_dir, "file", O_RDONLY | O_CLOEXEC);
    CHECK(fsetxattr(fd, "user.a", "1", 1, 0) == 0);
    close(fd);
    fd = openat(target_dir, "file", O_RDONLY | O_CLOEXEC);
    CHECK(fsetxattr(fd, "user.b", "2", 1, 0) == 0);
    ino_t before = inode_of(target_dir, "file");
    check_outcome(copy_one("file"), PC_UP_TO_DATE);
    struct stat status = status_of(target_dir, "file");
    CHECK_EQUAL(before, status.st_ino);
    CHECK_EQUAL(04751, status.st_mode & 07777);
    CHECK_EQUAL(geteuid(), status.st_uid);
    CHECK_EQUAL(1700000000, status.st_mtim.tv_sec);
    char value[4];
    CHECK_EQUAL(1, fgetxattr(fd, "user.a", value, sizeof value));
    CHECK_EQUAL(-1, fgetxattr(fd, "user.b", value, sizeof value));
    close(fd);
}

static void what_is_repaired_is_flushed(void)
{
    begin(PC_UPDATE_DIFFERING);
    context.flush = 1;
    make_twins();
    fault_clear();
    check_outcome(copy_one("file"), PC_UP_TO_DATE);
    CHECK_EQUAL(0, fault[FAULT_FSYNC].calls);
    CHECK(fchmodat(source_dir, "file", 0711, 0) == 0);
    check_outcome(copy_one("file"), PC_UP_TO_DATE);
    CHECK_EQUAL(1, fault[FAULT_FSYNC].calls);
    fault[FAULT_FSYNC] = (struct fault){.times = 1, .error = EIO};
    CHECK(fchmodat(source_dir, "file", 0777, 0) == 0);
    check_failed(copy_one("file"), PC_FLUSH, EIO);
}

static void what_is_repaired_and_cannot_be_opened_is_flushed_with_all(void)
{
    test_become_user();
    begin(PC_UPDATE_DIFFERING);
    context.flush = 1;
    make_twins();
    CHECK(fchmodat(target_dir, "file", 0200, 0) == 0);
    struct pc_entry *entry = record_of(source_dir, "file");
    entry->mode = (entry->mode & S_IFMT) | 0300;
    CHECK_EQUAL(1, copy_record(entry));
    check_outcome(entry, PC_UP_TO_DATE);
    CHECK_EQUAL(0300, status_of(target_dir, "file").st_mode & 07777);
}

static void what_is_up_to_date_can_be_read(void)
{
    begin(PC_UPDATE_DIFFERING);
    context.in_memory = 1;
    make_twins();
    CHECK(symlinkat("there", source_dir, "link") == 0);
    CHECK(symlinkat("there", target_dir, "link") == 0);
    char *memory = test_memory(IO_BYTES);
    struct pc_entry *entry = record_of(source_dir, "file");
    CHECK_EQUAL(
        entry->record_bytes,
        pc_copy_entries(source_dir, target_dir, entry, entry->record_bytes, NULL, &context, memory, IO_BYTES, NULL));
    check_outcome(entry, PC_UP_TO_DATE);
    char content[1000];
    int fd = openat(target_dir, "file", O_RDONLY | O_CLOEXEC);
    CHECK_EQUAL(1000, read(fd, content, sizeof content));
    close(fd);
    CHECK(memcmp(memory, content, sizeof content) == 0);
    entry = record_of(source_dir, "link");
    size_t bytes = entry->record_bytes;
    CHECK(pc_copy_entries(source_dir, target_dir, entry, bytes, NULL, &context, memory, IO_BYTES, NULL) > 0);
    check_outcome(entry, PC_UP_TO_DATE);
    CHECK(memcmp(memory, "there", 5) == 0);
}

static void coarse_times_are_told(void)
{
    begin(PC_UPDATE_DIFFERING);
    CHECK_EQUAL(1, pc_time_granularity(target_dir, &context));
    CHECK_EQUAL(0, count_entries(target_dir));
    int coarse = test_mount_image("ext2", "16M");
    CHECK_EQUAL(1000000000, pc_time_granularity(coarse, &context));
    CHECK_EQUAL(1, count_entries(coarse)); /* lost+found */
}

static struct pc_folding folding;

/* What an update of "file" comes to. */
static int updated(struct pc_entry *entry)
{
    struct pc_loss loss = {.context = &context};
    return pc_update(source_dir, target_dir, entry, "file", &folding, &loss, NULL);
}

static void times_are_compared_as_the_target_keeps_them(void)
{
    here = test_mount_image("ext2", "16M");
    begin(PC_UPDATE_DIFFERING);
    make_twins();
    set_mtime(source_dir, "file", 1700000001, 5);
    set_mtime(target_dir, "file", 1700000001, 5);
    check_outcome(copy_one("file"), PC_UP_TO_DATE);
    struct pc_entry *entry = record_of(source_dir, "file");
    entry->mtime_ns = 999999999;
    CHECK_EQUAL(PC_UP_TO_DATE, updated(entry));
    entry->mtime_s += 1;
    CHECK_EQUAL(0, updated(entry));
}

/* Sets this time of a file in the target, and returns the stored one, which must be the predicted one. */
static struct timespec held(int64_t seconds)
{
    set_mtime(target_dir, "file", seconds, 5);
    struct timespec time = {.tv_sec = seconds, .tv_nsec = 5};
    CHECK_EQUAL(status_of(target_dir, "file").st_mtim.tv_sec, pc_held_time(target_dir, time, &context).tv_sec);
    return status_of(target_dir, "file").st_mtim;
}

static void a_time_that_the_target_cannot_hold_is_its_nearest_and_noted(void)
{
    static const int64_t times[] = {INT32_MIN - INT64_C(1), INT64_C(1) + INT32_MAX, 4102444800, -4102444800};
    here = test_mount_image("ext2", "16M");
    begin(PC_UPDATE_DIFFERING);
    make_twins();
    struct pc_entry *entry = record_of(source_dir, "file");
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        entry->mtime_s = times[i];
        entry->mtime_ns = 5;
        struct timespec stored = held(times[i]);
        CHECK_EQUAL(times[i] < 0 ? INT32_MIN : INT32_MAX, stored.tv_sec);
        context.not_preserved[PC_TIMESTAMPS] = 0;
        struct pc_loss loss = {.context = &context};
        CHECK_EQUAL(PC_UP_TO_DATE, pc_update(source_dir, target_dir, entry, "file", &folding, &loss, NULL));
        CHECK_EQUAL(1, context.not_preserved[PC_TIMESTAMPS]);
    }
    entry->mtime_s = INT32_MAX - 1; /* which is another time, and within the range */
    CHECK_EQUAL(0, updated(entry));
}

static void times_that_every_file_system_holds_need_no_look(void)
{
    CHECK(pc_is_held_everywhere(1000000000));
    CHECK(!pc_is_held_everywhere(0));
    CHECK(!pc_is_held_everywhere(INT32_MAX));
    CHECK(!pc_is_clamped(7, 7));
    CHECK(!pc_is_clamped(7, 6)); /* to FAT, two seconds are one */
    CHECK(!pc_is_clamped(-7, -8));
    CHECK(pc_is_clamped(-7, -6));
    CHECK(pc_is_clamped(8, 7));
    CHECK(pc_seems_clamped(INT64_C(1) + INT32_MAX, &(struct timespec){.tv_sec = INT32_MAX}));
    CHECK(pc_seems_clamped(-5000000000, &(struct timespec){.tv_sec = INT32_MIN}));
    CHECK(!pc_seems_clamped(INT32_MAX - 1, &(struct timespec){.tv_sec = INT32_MAX}));
    CHECK(!pc_seems_clamped(5000000000, &(struct timespec){.tv_sec = 1000000000}));
}

static void an_entry_alone_is_updated(void)
{
    begin(PC_UPDATE_DIFFERING);
    make_file(source_dir, "file", 100);
    struct pc_entry *entry = record_of(source_dir, "file");
    struct pc_loss loss = {.context = &context};
    CHECK_EQUAL(0, pc_update_alone(source_dir, target_dir, entry, "file", &loss, NULL));
    check_outcome(copy_one("file"), PC_DONE);
    CHECK_EQUAL(PC_UP_TO_DATE, pc_update_alone(source_dir, target_dir, entry, "file", &loss, NULL));
    CHECK_EQUAL(0, loss.failure);
}

static const struct test_case cases[] = {
    {"an entry alone is updated", an_entry_alone_is_updated},
    {"whatever is no directory is replaced", whatever_is_no_directory_is_replaced},
    {"a directory is not replaced", a_directory_is_not_replaced},
    {"a failure leaves what was there", a_failure_leaves_what_was_there},
    {"what an earlier attempt left behind goes", what_an_earlier_attempt_left_behind_goes},
    {"a source that does not keep still replaces nothing", a_source_that_does_not_keep_still_replaces_nothing},
    {"a temporary name is the prefix and a hash", a_temporary_name_is_the_prefix_and_a_hash},
    {"what is up to date costs one look", what_is_up_to_date_costs_one_look},
    {"another size or nanosecond is out of date", another_size_or_nanosecond_is_out_of_date},
    {"what is missing or of another type is copied", what_is_missing_or_of_another_type_is_copied},
    {"mode and attributes are repaired", mode_and_attributes_are_repaired},
    {"what is repaired is flushed", what_is_repaired_is_flushed},
    {"what is repaired and cannot be opened is flushed with all",
     what_is_repaired_and_cannot_be_opened_is_flushed_with_all},
    {"a time that the target cannot hold is its nearest, and noted",
     a_time_that_the_target_cannot_hold_is_its_nearest_and_noted},
    {"times that every file system holds need no look", times_that_every_file_system_holds_need_no_look},
    {"what is up to date can be read", what_is_up_to_date_can_be_read},
    {"coarse times are told", coarse_times_are_told},
    {"times are compared as the target keeps them", times_are_compared_as_the_target_keeps_them},
};

int main(void)
{
    return TEST_RUN(cases);
}
