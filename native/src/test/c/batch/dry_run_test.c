#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "attribute/xattr.h"
#include "batch/dry_run.h"
#include "support/batches.h"
#include "support/files.h"
#include "support/test.h"

/* Predictions of a dry run. */

static uint16_t changes;

static void begin(enum pc_existing existing)
{
    begin_batch();
    context.existing = existing;
    strcpy(context.temporary_prefix, ".fcp.test.");
}

static struct pc_entry *look_into(int dir, const char *name)
{
    struct pc_entry *entry = record_of(source_dir, name);
    CHECK_EQUAL(1, pc_dry_run_entries(source_dir, dir, entry, entry->record_bytes, NULL, &changes, 1, &context));
    return entry;
}

static struct pc_entry *look_at(const char *name)
{
    return look_into(target_dir, name);
}

/* A file of both directories that is up to date. */
static void make_twins(const char *name)
{
    for (int side = 0; side < 2; side++) {
        make_text(side ? target_dir : source_dir, name, "twins");
        set_mtime(side ? target_dir : source_dir, name, 1700000000, 123456789);
    }
}

static void nothing_is_touched(void)
{
    begin(PC_UPDATE_DIFFERING);
    make_twins("same");
    make_twins("other");
    make_file(source_dir, "new", 5);
    set_mtime(source_dir, "other", 1700000000, 1);
    CHECK(fchmodat(source_dir, "same", 0751, 0) == 0);
    struct stat before = status_of(target_dir, ".");
    check_outcome(look_at("new"), PC_DONE);
    check_outcome(look_at("other"), PC_DONE);
    CHECK_EQUAL(PC_MADE | PC_REPLACED | PC_OTHER_TIMES, changes);
    check_outcome(look_at("same"), PC_UP_TO_DATE);
    CHECK_EQUAL(PC_OTHER_MODE, changes);
    struct stat after = status_of(target_dir, ".");
    CHECK(is_same_time(before.st_ctim, after.st_ctim));
    CHECK_EQUAL(2, count_entries(target_dir));
    CHECK_EQUAL(0644, status_of(target_dir, "same").st_mode & 07777);
}

static void where_there_is_no_directory_yet_all_would_be_made(void)
{
    begin(PC_UPDATE_DIFFERING);
    make_twins("file");
    check_outcome(look_into(PC_NO_FILE, "file"), PC_DONE);
}

static void each_kind_that_differs_is_named(void)
{
    test_needs_root();
    here = test_mount_image("ext4", "16M");
    begin(PC_UPDATE_DIFFERING);
    context.preserve |= PC_PRESERVE_XATTR | PC_PRESERVE_ACL | PC_PRESERVE_OWNERSHIP;
    make_twins("file");
    check_outcome(look_at("file"), PC_UP_TO_DATE);
    CHECK_EQUAL(0, changes);
    CHECK(fchownat(target_dir, "file", 12345, 1, 0) == 0);
    int fd = openat(target_dir, "file", O_RDONLY | O_CLOEXEC);
    CHECK(fsetxattr(fd, "user.b", "2", 1, 0) == 0);
    close(fd);
    check_outcome(look_at("file"), PC_UP_TO_DATE);
    CHECK_EQUAL(PC_OTHER_OWNER | PC_OTHER_GROUP | PC_OTHER_XATTR, changes);

    struct pc_entry *top = record_of(source_dir, ".");
    top->mtime_s = 1;
    struct pc_loss loss = {.context = &context};
    CHECK_EQUAL(PC_OTHER_TIMES, pc_dry_run_directory(source_dir, target_dir, top, &loss));
}

static void what_is_in_the_way_is_told(void)
{
    begin(PC_REPLACE);
    make_file(source_dir, "file", 5);
    CHECK(symlinkat("x", source_dir, "link") == 0);
    CHECK(mkdirat(target_dir, "file", 0755) == 0);
    make_file(target_dir, "link", 5);
    check_failed(look_at("file"), PC_CREATE, EISDIR);
    check_outcome(look_at("link"), PC_DONE);
    context.existing = PC_REFUSE;
    check_failed(look_at("link"), PC_SYMLINK, EEXIST);
}

static void what_a_user_may_not_do_is_told(void)
{
    test_become_user();
    begin(PC_REPLACE);
    make_file(source_dir, "file", 5);
    make_file(source_dir, "closed", 5);
    CHECK(fchmodat(source_dir, "closed", 0, 0) == 0);
    check_failed(look_at("closed"), PC_OPEN, EACCES);
    struct pc_entry *device = record_of(source_dir, "file");
    device->mode = S_IFBLK | 0600;
    device->type = DT_BLK;
    size_t bytes = device->record_bytes;
    CHECK_EQUAL(1, pc_dry_run_entries(source_dir, target_dir, device, bytes, NULL, &changes, 1, &context));
    check_failed(device, PC_MKNOD, EPERM);
    /* A run first makes a directory of its own user writable. */
    CHECK(fchmod(target_dir, 0500) == 0);
    check_outcome(look_at("file"), PC_DONE);
    int root = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    check_failed(look_into(root, "file"), PC_CREATE, EACCES);
    CHECK_EQUAL(-EACCES, pc_dry_run_fill(root));
    CHECK_EQUAL(-EACCES, pc_dry_run_remove(root, "etc"));
    CHECK_EQUAL(-ENOENT, pc_dry_run_remove(root, "no such entry"));
    close(root);
}

static void names_that_are_too_long_are_told(void)
{
    begin(PC_REPLACE);
    char name[400];
    memset(name, 'n', sizeof name);
    struct pc_entry *entry = test_memory(pc_entry_bytes(sizeof name));
    pc_entry_begin(entry, name, sizeof name);
    entry->type = DT_FIFO;
    entry->mode = S_IFIFO | 0644;
    CHECK_EQUAL(1, pc_dry_run_entries(source_dir, target_dir, entry, entry->record_bytes, NULL, &changes, 1, &context));
    check_failed(entry, PC_MKNOD, ENAMETOOLONG);
}

static void coarse_times_are_taken_for_what_they_seem(void)
{
    here = test_mount_image("ext2", "16M");
    begin(PC_UPDATE_DIFFERING);
    make_twins("file");
    struct pc_entry *entry = record_of(source_dir, "file");
    entry->mtime_ns = 999999999;
    CHECK_EQUAL(1, pc_dry_run_entries(source_dir, target_dir, entry, entry->record_bytes, NULL, &changes, 1, &context));
    check_outcome(entry, PC_UP_TO_DATE);
    CHECK_EQUAL(1, count_entries(target_dir));
}

static void damage_is_refused(void)
{
    begin(PC_UPDATE_DIFFERING);
    make_twins("file");
    struct pc_entry *entry = record_of(source_dir, "file");
    size_t bytes = entry->record_bytes;
    CHECK_EQUAL(-EINVAL, pc_dry_run_entries(source_dir, target_dir, entry, bytes, NULL, &changes, 0, &context));
    entry->type = DT_DIR;
    entry->mode = S_IFDIR;
    CHECK_EQUAL(-EINVAL, pc_dry_run_entries(source_dir, target_dir, entry, bytes, NULL, &changes, 1, &context));
}

static const struct test_case cases[] = {
    {"nothing is touched", nothing_is_touched},
    {"where there is no directory yet all would be made", where_there_is_no_directory_yet_all_would_be_made},
    {"each kind that differs is named", each_kind_that_differs_is_named},
    {"what is in the way is told", what_is_in_the_way_is_told},
    {"what a user may not do is told", what_a_user_may_not_do_is_told},
    {"names that are too long are told", names_that_are_too_long_are_told},
    {"coarse times are taken for what they seem", coarse_times_are_taken_for_what_they_seem},
    {"damage is refused", damage_is_refused},
};

int main(void)
{
    return TEST_RUN(cases);
}
