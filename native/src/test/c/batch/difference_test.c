#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "batch/batch.h"
#include "batch/difference.h"
#include "batch/dry_run.h"
#include "support/batches.h"
#include "support/files.h"
#include "support/test.h"

/* What becomes of entries, as a run and a dry run tell it. */

enum { SECONDS = 1700000000, REPLACED = PC_MADE | PC_REPLACED };

static void begin(enum pc_existing existing)
{
    begin_batch();
    context.existing = existing;
    strcpy(context.temporary_prefix, ".fcp.test.");
}

/* A file of both directories that is the same. */
static void make_twins(const char *name)
{
    for (int side = 0; side < 2; side++) {
        make_text(side ? target_dir : source_dir, name, "twins");
        set_mtime(side ? target_dir : source_dir, name, SECONDS, 123456789);
    }
}

static void make_links(const char *name, const char *source, const char *target)
{
    CHECK(symlinkat(source, source_dir, name) == 0 && symlinkat(target, target_dir, name) == 0);
    set_mtime(source_dir, name, SECONDS, 0);
    set_mtime(target_dir, name, SECONDS, 0);
}

/* What a dry run foresees, and the run that follows must do. */
static int changes_of(const char *name)
{
    uint16_t foreseen = 0xffff, done = 0xffff;
    struct pc_entry *entry = record_of(source_dir, name);
    size_t bytes = entry->record_bytes;
    CHECK_EQUAL(1, pc_dry_run_entries(source_dir, target_dir, entry, bytes, NULL, &foreseen, 1, &context));
    entry = record_of(source_dir, name);
    void *io = test_memory(IO_BYTES);
    CHECK_EQUAL(
        entry->record_bytes,
        pc_copy_entries(source_dir, target_dir, entry, entry->record_bytes, NULL, &context, io, IO_BYTES, &done));
    CHECK_EQUAL(foreseen, done);
    return done;
}

static void what_is_new_is_made(void)
{
    begin(PC_REFUSE);
    make_text(source_dir, "file", "new");
    CHECK(symlinkat("nowhere", source_dir, "link") == 0);
    CHECK(mkfifoat(source_dir, "fifo", 0600) == 0);
    CHECK_EQUAL(PC_MADE, changes_of("file"));
    CHECK_EQUAL(PC_MADE, changes_of("link"));
    CHECK_EQUAL(PC_MADE, changes_of("fifo"));
}

static void what_is_replaced_tells_in_what_it_differed(void)
{
    begin(PC_REPLACE);
    make_twins("same");
    CHECK_EQUAL(REPLACED, changes_of("same"));
    make_twins("size");
    make_text(target_dir, "longer", "longer than twins");
    set_mtime(target_dir, "longer", SECONDS, 123456789);
    CHECK(renameat(target_dir, "longer", target_dir, "size") == 0);
    CHECK_EQUAL(REPLACED | PC_OTHER_SIZE, changes_of("size"));
    make_twins("time");
    set_mtime(target_dir, "time", SECONDS, 1);
    CHECK_EQUAL(REPLACED | PC_OTHER_TIMES, changes_of("time"));
    make_twins("mode");
    CHECK(fchmodat(target_dir, "mode", 0600, 0) == 0);
    CHECK_EQUAL(REPLACED | PC_OTHER_MODE, changes_of("mode"));
    make_links("link", "a", "b");
    CHECK_EQUAL(REPLACED | PC_OTHER_CONTENT, changes_of("link"));
    make_links("type", "a", "a");
    CHECK(unlinkat(source_dir, "type", 0) == 0);
    make_text(source_dir, "type", "");
    CHECK_EQUAL(REPLACED | PC_OTHER_TYPE, changes_of("type"));
}

static void times_that_are_not_preserved_are_those_of_the_copy(void)
{
    begin(PC_REPLACE);
    context.preserve = 0;
    make_twins("file");
    CHECK(fchmodat(target_dir, "file", 04755, 0) == 0);
    CHECK_EQUAL(REPLACED | PC_OTHER_TIMES | PC_OTHER_MODE, changes_of("file"));
    CHECK_EQUAL(0755, status_of(target_dir, "file").st_mode & 07777);
}

static void owners_and_attributes_differ_apart(void)
{
    test_needs_root();
    here = test_mount_image("ext4", "16M");
    begin(PC_REPLACE);
    context.preserve |= PC_PRESERVE_XATTR | PC_PRESERVE_ACL | PC_PRESERVE_OWNERSHIP;
    make_twins("owner");
    CHECK(fchownat(target_dir, "owner", 12345, (gid_t)-1, 0) == 0);
    CHECK_EQUAL(REPLACED | PC_OTHER_OWNER, changes_of("owner"));
    make_twins("group");
    CHECK(fchownat(target_dir, "group", (uid_t)-1, 12345, 0) == 0);
    CHECK_EQUAL(REPLACED | PC_OTHER_GROUP, changes_of("group"));
    make_twins("xattr");
    int fd = openat(source_dir, "xattr", O_RDONLY | O_CLOEXEC);
    CHECK(fsetxattr(fd, "user.b", "2", 1, 0) == 0);
    close(fd);
    CHECK_EQUAL(REPLACED | PC_OTHER_XATTR, changes_of("xattr"));
    CHECK(mknodat(source_dir, "device", S_IFCHR | 0600, makedev(1, 3)) == 0);
    CHECK(mknodat(target_dir, "device", S_IFCHR | 0600, makedev(1, 5)) == 0);
    set_mtime(source_dir, "device", SECONDS, 0);
    set_mtime(target_dir, "device", SECONDS, 0);
    CHECK_EQUAL(REPLACED | PC_OTHER_CONTENT, changes_of("device"));
}

static void what_stays_tells_what_is_set(void)
{
    begin(PC_UPDATE_DIFFERING);
    make_twins("same");
    CHECK_EQUAL(0, changes_of("same"));
    make_twins("mode");
    CHECK(fchmodat(target_dir, "mode", 0600, 0) == 0);
    CHECK_EQUAL(PC_OTHER_MODE, changes_of("mode"));
    CHECK_EQUAL(0, changes_of("mode"));
    make_links("link", "a", "a");
    set_mtime(target_dir, "link", SECONDS, 1);
    CHECK_EQUAL(PC_OTHER_TIMES, changes_of("link"));
}

static void what_fails_changes_nothing(void)
{
    begin(PC_REPLACE);
    make_text(source_dir, "file", "file");
    CHECK(mkdirat(target_dir, "file", 0700) == 0);
    CHECK_EQUAL(0, changes_of("file"));
    context.existing = PC_REFUSE;
    make_text(source_dir, "other", "file");
    make_text(target_dir, "other", "file");
    CHECK_EQUAL(0, changes_of("other"));
}

/* The files of a group are complete only when the call ends. */
static void files_that_wait_for_each_other_tell_theirs(void)
{
    begin(PC_REPLACE);
    context.flush = 1;
    make_twins("a");
    make_text(source_dir, "b", "new");
    make_twins("c");
    CHECK(fchmodat(target_dir, "c", 0600, 0) == 0);
    CHECK(mkdirat(target_dir, "d", 0700) == 0);
    make_text(source_dir, "d", "in the way");
    struct pc_entry *all = test_memory(4 * pc_entry_bytes(1));
    char *end = (char *)all;
    static const char *const names[] = {"a", "b", "c", "d"};
    for (int i = 0; i < 4; i++) {
        struct pc_entry *entry = record_of(source_dir, names[i]);
        memcpy(end, entry, entry->record_bytes);
        end += entry->record_bytes;
    }
    uint16_t done[4];
    size_t bytes = (size_t)(end - (char *)all);
    void *io = test_memory(IO_BYTES);
    CHECK_EQUAL(bytes, pc_copy_entries(source_dir, target_dir, all, bytes, NULL, &context, io, IO_BYTES, done));
    CHECK_EQUAL(REPLACED, done[0]);
    CHECK_EQUAL(PC_MADE, done[1]);
    CHECK_EQUAL(REPLACED | PC_OTHER_MODE, done[2]);
    CHECK_EQUAL(0, done[3]);
}

static void what_is_only_foreseen_is_not_counted(void)
{
    begin(PC_UPDATE_DIFFERING);
    context.required = PC_PRESERVE_ACL;
    struct pc_loss loss = {.context = &context, .is_foreseen = true};
    pc_not_preserved(&loss, PC_ACL, EPERM);
    CHECK_EQUAL(0, context.not_preserved[PC_ACL]);
    CHECK(pc_failed_with(loss.failure, EPERM));
}

static void the_entry_that_has_a_name_is_found(void)
{
    begin(PC_REPLACE);
    make_twins("file");
    struct pc_entry *entry = record_of(source_dir, "file");
    CHECK_EQUAL(PC_MADE, pc_changes_by_making(source_dir, target_dir, entry, "other", false, &context));
    CHECK_EQUAL(REPLACED, pc_changes_by_making(source_dir, target_dir, entry, "file", true, &context));
}

static const struct test_case cases[] = {
    {"what is new is made", what_is_new_is_made},
    {"what is replaced tells in what it differed", what_is_replaced_tells_in_what_it_differed},
    {"times that are not preserved are those of the copy", times_that_are_not_preserved_are_those_of_the_copy},
    {"owners and attributes differ apart", owners_and_attributes_differ_apart},
    {"what stays tells what is set", what_stays_tells_what_is_set},
    {"what fails changes nothing", what_fails_changes_nothing},
    {"files that wait for each other tell theirs", files_that_wait_for_each_other_tell_theirs},
    {"what is only foreseen is not counted", what_is_only_foreseen_is_not_counted},
    {"the entry that has a name is found", the_entry_that_has_a_name_is_found},
};

int main(void)
{
    return TEST_RUN(cases);
}
