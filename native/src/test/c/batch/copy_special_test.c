#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "attribute/attributes.h"
#include "support/batches.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

static void check_link(const char *name, const char *expected)
{
    char text[5000] = "";
    ssize_t bytes = readlinkat(target_dir, name, text, sizeof text - 1);
    CHECK_EQUAL(strlen(expected), bytes);
    CHECK(memcmp(expected, text, strlen(expected)) == 0);
}

static void a_link_is_copied_as_it_is(void)
{
    char longest[1000];
    memset(longest, 'n', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    const char *const texts[] = {"nowhere", "/etc/passwd", ".", "a\nb\xff", "../../..", longest};
    begin_batch();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char name[] = {(char)('a' + i), '\0'};
        CHECK(symlinkat(texts[i], source_dir, name) == 0);
        set_mtime(source_dir, name, -1000, 999999999);
        struct stat before = status_of(source_dir, name);
        check_outcome(copy_one(name), PC_DONE);
        struct stat after = status_of(target_dir, name);
        check_link(name, texts[i]); /* after the look at its access time */
        CHECK(is_same_time(before.st_mtim, after.st_mtim));
        CHECK(is_same_time(before.st_atim, after.st_atim));
    }
}

static void fifos_and_sockets_are_copied(void)
{
    begin_batch();
    static const mode_t types[] = {S_IFIFO, S_IFSOCK};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        char name[] = {(char)('a' + i), '\0'};
        CHECK(mknodat(source_dir, name, types[i] | 0600, 0) == 0);
        CHECK(fchmodat(source_dir, name, 01666, 0) == 0);
        set_mtime(source_dir, name, 1234567890, 123456789);
        check_outcome(copy_one(name), PC_DONE);
        check_copied(name);
    }
}

static void devices_are_copied_by_root(void)
{
    test_needs_root();
    begin_batch();
    if (mknodat(source_dir, "device", S_IFCHR | 0660, makedev(7, 300)) < 0)
        test_skip("devices cannot be made here");
    CHECK(fchownat(source_dir, "device", 12345, 54321, 0) == 0);
    context.preserve |= PC_PRESERVE_OWNERSHIP;
    check_outcome(copy_one("device"), PC_DONE);
    check_copied("device");
    struct stat status = status_of(target_dir, "device");
    CHECK_EQUAL(makedev(7, 300), status.st_rdev);
    CHECK_EQUAL(12345, status.st_uid);
    CHECK_EQUAL(54321, status.st_gid);

    CHECK(fchmod(source_dir, 0777) == 0 && fchmod(target_dir, 0777) == 0);
    CHECK(unlinkat(target_dir, "device", 0) == 0);
    test_become_user();
    check_failed(copy_one("device"), PC_MKNOD, EPERM);
}

static void owners_are_preserved_if_asked(void)
{
    test_needs_root();
    begin_batch();
    context.preserve |= PC_PRESERVE_OWNERSHIP;
    CHECK(symlinkat("nowhere", source_dir, "link") == 0);
    CHECK(mkfifoat(source_dir, "fifo", 0600) == 0);
    CHECK(fchownat(source_dir, "link", 12345, 54321, AT_SYMLINK_NOFOLLOW) == 0);
    CHECK(fchownat(source_dir, "fifo", 12345, 54321, 0) == 0);
    CHECK(fchmodat(source_dir, "fifo", 0642, 0) == 0);
    static const char *const names[] = {"link", "fifo"};
    for (int i = 0; i < 2; i++) {
        check_outcome(copy_one(names[i]), PC_DONE);
        check_copied(names[i]);
        struct stat status = status_of(target_dir, names[i]);
        CHECK_EQUAL(12345, status.st_uid);
        CHECK_EQUAL(54321, status.st_gid);
    }
}

static void a_link_whose_owner_is_right_is_not_opened(void)
{
    begin_batch();
    context.preserve |= PC_PRESERVE_OWNERSHIP;
    make_file(source_dir, "a", 1);
    CHECK(symlinkat("nowhere", source_dir, "b") == 0);
    CHECK(symlinkat("nowhere", source_dir, "c") == 0);
    struct pc_entry *records;
    size_t bytes;
    fault_clear();
    CHECK_EQUAL(0, copy_all(&records, &bytes));
    CHECK(fault[FAULT_OPENAT].calls <= 3); /* two for the file, and one if a link came first */
    CHECK_EQUAL(0, fault[FAULT_FCHOWNAT].calls);
}

static void an_existing_target_is_left_alone(void)
{
    begin_batch();
    CHECK(symlinkat("new", source_dir, "link") == 0);
    CHECK(symlinkat("old", target_dir, "link") == 0);
    CHECK(mkfifoat(source_dir, "fifo", 0600) == 0);
    make_file(target_dir, "fifo", 7);
    check_failed(copy_one("link"), PC_SYMLINK, EEXIST);
    check_failed(copy_one("fifo"), PC_MKNOD, EEXIST);
    check_link("link", "old");
    CHECK_EQUAL(7, status_of(target_dir, "fifo").st_size);
}

static void a_link_that_became_something_else_is_an_error(void)
{
    begin_batch();
    CHECK(symlinkat("nowhere", source_dir, "link") == 0);
    struct pc_entry *entry = record_of(source_dir, "link");
    CHECK(unlinkat(source_dir, "link", 0) == 0);
    CHECK_EQUAL(1, copy_record(entry));
    check_failed(entry, PC_READLINK, ENOENT);
    make_file(source_dir, "link", 1);
    CHECK_EQUAL(1, copy_record(entry));
    check_failed(entry, PC_READLINK, EINVAL);
    CHECK_EQUAL(0, count_entries(target_dir));
}

static void what_fails_leaves_nothing_behind(void)
{
    begin_batch();
    CHECK(symlinkat("nowhere", source_dir, "link") == 0);
    CHECK(mkfifoat(source_dir, "fifo", 0600) == 0);
    int descriptors = count_descriptors();
    fault[FAULT_UTIMENSAT] = (struct fault){.times = INT_MAX, .error = EIO};
    check_failed(copy_one("link"), PC_UTIMENS, EIO);
    check_failed(copy_one("fifo"), PC_UTIMENS, EIO);
    fault_clear();
    context.preserve |= PC_PRESERVE_OWNERSHIP;
    fault[FAULT_OPENAT] = (struct fault){.times = 1, .error = EIO};
    check_failed(copy_one("link"), PC_CREATE, EIO);
    CHECK_EQUAL(descriptors, count_descriptors());
    CHECK_EQUAL(0, count_entries(target_dir));
}

static void swap_target(void)
{
    CHECK(unlinkat(target_dir, "fifo", 0) == 0);
    CHECK(symlinkat("../victim", target_dir, "fifo") == 0);
}

static void swap_target_for_a_hard_link(void)
{
    CHECK(unlinkat(target_dir, "fifo", 0) == 0);
    CHECK(linkat(here, "victim", target_dir, "fifo", 0) == 0);
}

static void what_takes_the_place_of_a_new_entry_is_not_touched(void)
{
    static void (*const swaps[])(void) = {swap_target, swap_target_for_a_hard_link};
    begin_batch();
    make_file(here, "victim", 10);
    CHECK(mkfifoat(source_dir, "fifo", 0600) == 0);
    CHECK(fchmodat(source_dir, "fifo", 0777, 0) == 0);
    for (int i = 0; i < 2; i++) {
        struct pc_entry *entry = record_of(source_dir, "fifo");
        fault[FAULT_OPENAT] = (struct fault){.times = 1, .before = swaps[i]};
        CHECK_EQUAL(1, copy_record(entry));
        fault_clear();
        check_failed(entry, PC_OPEN, ESTALE);
        CHECK_EQUAL(0644, status_of(here, "victim").st_mode & 07777);
        CHECK_EQUAL(1, status_of(here, "victim").st_nlink);
    }
}

static const struct test_case cases[] = {
    {"a link is copied as it is", a_link_is_copied_as_it_is},
    {"FIFOs and sockets are copied", fifos_and_sockets_are_copied},
    {"devices are copied, by root", devices_are_copied_by_root},
    {"owners are preserved if asked", owners_are_preserved_if_asked},
    {"a link whose owner is right is not opened", a_link_whose_owner_is_right_is_not_opened},
    {"an existing target is left alone", an_existing_target_is_left_alone},
    {"a link that became something else is an error", a_link_that_became_something_else_is_an_error},
    {"what fails leaves nothing behind", what_fails_leaves_nothing_behind},
    {"what takes the place of a new entry is not touched", what_takes_the_place_of_a_new_entry_is_not_touched},
};

int main(void)
{
    return TEST_RUN(cases);
}
