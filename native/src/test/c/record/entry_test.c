#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "record/entry.h"
#include "support/files.h"
#include "support/test.h"

static void only_one_component_is_a_name(void)
{
    CHECK(pc_is_name("a", 1));
    CHECK(pc_is_name("...", 3));
    CHECK(pc_is_name(".a", 2));
    CHECK(pc_is_name("\n\xff ", 3));
    CHECK(!pc_is_name("", 0));
    CHECK(!pc_is_name(".", 1));
    CHECK(!pc_is_name("..", 2));
    CHECK(!pc_is_name("a/b", 3));
    CHECK(!pc_is_name("/", 1));
    CHECK(!pc_is_name("a\0b", 3));
}

static void a_record_is_padded_with_zeros_to_a_multiple_of_8(void)
{
    char name[300];
    memset(name, 'n', sizeof name);
    char *memory = test_memory(pc_entry_bytes(sizeof name));
    struct pc_entry *entry = (struct pc_entry *)memory;
    for (size_t bytes = 0; bytes <= sizeof name; bytes++) {
        memset(memory, 0xaa, pc_entry_bytes(bytes));
        pc_entry_begin(entry, name, bytes);
        CHECK_EQUAL(0, entry->record_bytes % 8);
        CHECK_EQUAL(bytes, entry->name_bytes);
        CHECK(entry->record_bytes > 80 + bytes && entry->record_bytes <= 80 + bytes + 8);
        for (size_t i = 80 + bytes; i < entry->record_bytes; i++)
            CHECK_EQUAL(0, memory[i]);
    }
}

static void a_damaged_record_is_not_whole(void)
{
    size_t room = pc_entry_bytes(5);
    struct pc_entry *entry = test_memory(room);
    pc_entry_begin(entry, "hello", 5);
    CHECK(pc_entry_is_whole(entry, room));
    CHECK(pc_entry_is_whole(entry, room + 8));
    CHECK(!pc_entry_is_whole(entry, room - 8));
    CHECK(!pc_entry_is_whole(entry, 0));

    entry->record_bytes += 8;
    CHECK(!pc_entry_is_whole(entry, room + 8));
    entry->record_bytes = 0;
    CHECK(!pc_entry_is_whole(entry, room));
    pc_entry_begin(entry, "hello", 5);
    entry->name_bytes = 60000;
    CHECK(!pc_entry_is_whole(entry, room));
    entry->name_bytes = 4;
    CHECK(!pc_entry_is_whole(entry, room)); /* no NUL behind the name */
}

static void check_agrees_with_lstat(const char *name, int type)
{
    struct stat status = status_of(here, name);
    struct pc_entry *entry = record_of(here, name);
    CHECK_EQUAL(type, entry->type);
    CHECK_EQUAL(PC_DONE, pc_entry_outcome(entry));
    CHECK_EQUAL(0, entry->error);
    CHECK_EQUAL(status.st_size, entry->size);
    CHECK_EQUAL(status.st_mtim.tv_sec, entry->mtime_s);
    CHECK_EQUAL(status.st_mtim.tv_nsec, entry->mtime_ns);
    CHECK_EQUAL(status.st_atim.tv_sec, entry->atime_s);
    CHECK_EQUAL(status.st_atim.tv_nsec, entry->atime_ns);
    CHECK_EQUAL(status.st_mode, entry->mode);
    CHECK_EQUAL(status.st_nlink, entry->nlink);
    CHECK_EQUAL(status.st_uid, entry->uid);
    CHECK_EQUAL(status.st_gid, entry->gid);
    CHECK_EQUAL(status.st_ino, entry->ino);
    CHECK_EQUAL(major(status.st_dev), entry->dev_major);
    CHECK_EQUAL(minor(status.st_dev), entry->dev_minor);
    CHECK_EQUAL(major(status.st_rdev), entry->rdev_major);
    CHECK_EQUAL(minor(status.st_rdev), entry->rdev_minor);
    CHECK(strcmp(name, entry->name) == 0);
}

static void a_record_says_what_lstat_says(void)
{
    make_file(here, "file", 12345);
    set_mtime(here, "file", 1700000000, 123456789);
    close(make_directory(here, "directory"));
    CHECK(symlinkat("nowhere", here, "link") == 0);
    CHECK(mkfifoat(here, "fifo", 0640) == 0);
    check_agrees_with_lstat("file", DT_REG);
    check_agrees_with_lstat("directory", DT_DIR);
    check_agrees_with_lstat("link", DT_LNK);
    check_agrees_with_lstat("fifo", DT_FIFO);
}

static void the_number_of_a_device_is_preserved(void)
{
    test_needs_root();
    if (mknodat(here, "device", S_IFCHR | 0600, makedev(7, 300)) < 0)
        test_skip("devices cannot be made here");
    check_agrees_with_lstat("device", DT_CHR);
}

static void times_before_1970_are_negative(void)
{
    make_file(here, "old", 1);
    set_mtime(here, "old", -1000000000, 999999999);
    check_agrees_with_lstat("old", DT_REG);
    CHECK_EQUAL(-1000000000, record_of(here, "old")->mtime_s);
}

static void a_status_that_cannot_be_read_leaves_the_record(void)
{
    struct pc_entry *entry = test_memory(pc_entry_bytes(1));
    pc_entry_begin(entry, "x", 1);
    CHECK_EQUAL(-ENOENT, pc_entry_read_status(entry, here, "x", AT_SYMLINK_NOFOLLOW));
    CHECK_EQUAL(0, entry->mode);
    CHECK(strcmp("x", entry->name) == 0);
}

static void size_and_time_tell_that_a_file_has_changed(void)
{
    make_file(here, "file", 10);
    set_mtime(here, "file", 1000, 5);
    struct pc_entry *entry = record_of(here, "file");
    struct stat status = status_of(here, "file");
    CHECK(pc_entry_is_unchanged(entry, &status));

    struct stat changed = status;
    changed.st_size++;
    CHECK(!pc_entry_is_unchanged(entry, &changed));
    changed = status;
    changed.st_mtim.tv_sec++;
    CHECK(!pc_entry_is_unchanged(entry, &changed));
    changed = status;
    changed.st_mtim.tv_nsec++;
    CHECK(!pc_entry_is_unchanged(entry, &changed));
}

static const struct test_case cases[] = {
    {"only one component is a name", only_one_component_is_a_name},
    {"a record is padded with zeros to a multiple of 8", a_record_is_padded_with_zeros_to_a_multiple_of_8},
    {"a damaged record is not whole", a_damaged_record_is_not_whole},
    {"a record says what lstat says", a_record_says_what_lstat_says},
    {"the number of a device is preserved", the_number_of_a_device_is_preserved},
    {"times before 1970 are negative", times_before_1970_are_negative},
    {"a status that cannot be read leaves the record", a_status_that_cannot_be_read_leaves_the_record},
    {"size and time tell that a file has changed", size_and_time_tell_that_a_file_has_changed},
};

int main(void)
{
    return TEST_RUN(cases);
}
