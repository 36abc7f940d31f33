#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "attribute/xattr.h"
#include "entries/finish.h"
#include "entries/list_directory.h"
#include "support/batches.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

/* Copies of entries with extended attributes and ACLs. */

static const char capability[] = {1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}; /* cap_net_raw=p */

/* An ACL that gives user 12345 what its mask gives. */
struct acl_entry {
    uint16_t tag, permissions;
    uint32_t id;
};
static const struct {
    uint32_t version;
    struct acl_entry entries[5];
} acl = {2, {{1, 6, UINT32_MAX}, {2, 4, 12345}, {4, 4, UINT32_MAX}, {16, 4, UINT32_MAX}, {32, 0, UINT32_MAX}}};

static const char access_acl[] = "system.posix_acl_access";
static const char default_acl[] = "system.posix_acl_default";

static void begin(void)
{
    here = test_mount_image("ext4", "16M");
    begin_batch();
    context.preserve |= PC_PRESERVE_XATTR | PC_PRESERVE_ACL;
}

static void put(int dir, const char *name, const char *attribute, const void *value, size_t bytes)
{
    char path[300];
    snprintf(path, sizeof path, "/proc/self/fd/%d/%s", dir, name);
    CHECK(lsetxattr(path, attribute, value, bytes, 0) == 0);
}

static bool has(int dir, const char *name, const char *attribute, const void *value, size_t bytes)
{
    char path[300], present[70000];
    snprintf(path, sizeof path, "/proc/self/fd/%d/%s", dir, name);
    ssize_t n = lgetxattr(path, attribute, present, sizeof present);
    return n == (ssize_t)bytes && memcmp(present, value, bytes) == 0;
}

static int count_attributes(int dir, const char *name)
{
    char path[300], names[70000];
    snprintf(path, sizeof path, "/proc/self/fd/%d/%s", dir, name);
    ssize_t n = llistxattr(path, names, sizeof names);
    CHECK(n >= 0);
    int count = 0;
    for (ssize_t i = 0; i < n; i++)
        count += names[i] == '\0';
    return count;
}

static void all_kinds_are_preserved(void)
{
    test_needs_root();
    begin();
    make_file(source_dir, "file", 100);
    put(source_dir, "file", "user.empty", "", 0);
    put(source_dir, "file", "user.binary", "\0\xff\0", 3);
    put(source_dir, "file", "trusted.t", "1", 1);
    put(source_dir, "file", "security.capability", capability, sizeof capability);
    put(source_dir, "file", access_acl, &acl, sizeof acl);
    check_outcome(copy_one("file"), PC_DONE);
    CHECK(has(target_dir, "file", "user.empty", "", 0));
    CHECK(has(target_dir, "file", "user.binary", "\0\xff\0", 3));
    CHECK(has(target_dir, "file", "trusted.t", "1", 1));
    CHECK(has(target_dir, "file", "security.capability", capability, sizeof capability));
    CHECK(has(target_dir, "file", access_acl, &acl, sizeof acl));
    CHECK_EQUAL(5, count_attributes(target_dir, "file"));
    check_copied("file");
}

static void capabilities_survive_a_change_of_owner(void)
{
    test_needs_root();
    begin();
    context.preserve |= PC_PRESERVE_OWNERSHIP;
    make_file(source_dir, "file", 100);
    CHECK(fchownat(source_dir, "file", 12345, 54321, 0) == 0);
    put(source_dir, "file", "security.capability", capability, sizeof capability);
    check_outcome(copy_one("file"), PC_DONE);
    CHECK(has(target_dir, "file", "security.capability", capability, sizeof capability));
    CHECK_EQUAL(12345, status_of(target_dir, "file").st_uid);
}

static void what_is_not_to_be_preserved_is_not_looked_at(void)
{
    test_needs_root();
    begin();
    context.preserve &= ~(unsigned)(PC_PRESERVE_XATTR | PC_PRESERVE_ACL);
    make_file(source_dir, "file", 100);
    put(source_dir, "file", "user.a", "1", 1);
    check_outcome(copy_one("file"), PC_DONE);
    CHECK_EQUAL(0, count_attributes(target_dir, "file"));
    CHECK(unlinkat(target_dir, "file", 0) == 0);
    context.preserve |= PC_PRESERVE_ACL;
    put(source_dir, "file", access_acl, &acl, sizeof acl);
    check_outcome(copy_one("file"), PC_DONE);
    CHECK_EQUAL(1, count_attributes(target_dir, "file"));
    CHECK(has(target_dir, "file", access_acl, &acl, sizeof acl));
}

static void links_and_nodes_have_attributes_too(void)
{
    test_needs_root();
    begin();
    CHECK(symlinkat("nowhere", source_dir, "link") == 0);
    CHECK(mkfifoat(source_dir, "fifo", 0640) == 0);
    put(source_dir, "link", "trusted.l", "link", 4);
    put(source_dir, "fifo", "trusted.f", "fifo", 4);
    put(source_dir, "fifo", access_acl, &acl, sizeof acl);
    check_outcome(copy_one("link"), PC_DONE);
    check_outcome(copy_one("fifo"), PC_DONE);
    CHECK(has(target_dir, "link", "trusted.l", "link", 4));
    CHECK(has(target_dir, "fifo", "trusted.f", "fifo", 4));
    CHECK(has(target_dir, "fifo", access_acl, &acl, sizeof acl));
    check_copied("fifo");
}

static void an_inherited_acl_does_not_stay(void)
{
    test_needs_root();
    begin();
    put(here, "target", default_acl, &acl, sizeof acl);
    make_file(source_dir, "file", 100);
    CHECK(mkfifoat(source_dir, "fifo", 0666) == 0);
    check_outcome(copy_one("file"), PC_DONE);
    check_outcome(copy_one("fifo"), PC_DONE);
    CHECK_EQUAL(0, count_attributes(target_dir, "file"));
    CHECK_EQUAL(0, count_attributes(target_dir, "fifo"));
    check_copied("file");
    check_copied("fifo");
}

static void a_directory_has_what_its_source_has_and_no_more(void)
{
    test_needs_root();
    begin();
    put(here, "source", "user.a", "1", 1);
    put(here, "source", "user.b", "2", 1);
    put(here, "source", default_acl, &acl, sizeof acl);
    put(here, "target", "user.b", "old", 3);
    put(here, "target", "user.c", "3", 1);
    put(here, "target", access_acl, &acl, sizeof acl);
    struct pc_loss loss = {.context = &context};
    CHECK_EQUAL(0, pc_finish_directory(source_dir, target_dir, record_of(here, "source"), &loss));
    CHECK(has(here, "target", "user.a", "1", 1));
    CHECK(has(here, "target", "user.b", "2", 1));
    CHECK(has(here, "target", default_acl, &acl, sizeof acl));
    CHECK_EQUAL(3, count_attributes(here, "target"));
}

static void the_attributes_of_a_users_read_only_file_are_preserved(void)
{
    test_needs_root();
    begin();
    make_file(source_dir, "file", 10);
    put(source_dir, "file", "user.a", "1", 1);
    CHECK(fchmodat(source_dir, "file", 0444, 0) == 0);
    CHECK(fchmod(target_dir, 0777) == 0);
    test_become_user();
    check_outcome(copy_one("file"), PC_DONE);
    CHECK(has(target_dir, "file", "user.a", "1", 1));
    CHECK_EQUAL(0444, status_of(target_dir, "file").st_mode & 07777);
}

static void what_privilege_does_not_allow_is_counted_once_an_entry(void)
{
    test_needs_root();
    begin();
    make_file(source_dir, "file", 10);
    put(source_dir, "file", "security.a", "1", 1);
    put(source_dir, "file", "security.b", "1", 1);
    put(source_dir, "file", "user.a", "1", 1);
    CHECK(fchmod(target_dir, 0777) == 0);
    test_become_user();
    check_outcome(copy_one("file"), PC_DONE);
    CHECK_EQUAL(1, context.not_preserved[PC_XATTR]);
    CHECK(has(target_dir, "file", "user.a", "1", 1));
    CHECK(unlinkat(target_dir, "file", 0) == 0);
    context.required = PC_PRESERVE_XATTR;
    check_failed(copy_one("file"), PC_NOT_PRESERVED_XATTR, EPERM);
    CHECK(is_there(target_dir, "file"));
}

static void a_value_that_the_target_has_no_room_for_is_not_preserved(void)
{
    test_needs_root();
    int roomy = test_mount_image("tmpfs", "8M");
    begin();
    source_dir = make_directory(roomy, "source");
    make_file(source_dir, "file", 10);
    put(source_dir, "file", "user.large", test_memory(60000), 60000);
    check_outcome(copy_one("file"), PC_DONE);
    CHECK_EQUAL(1, context.not_preserved[PC_XATTR]);
    context.required = PC_PRESERVE_XATTR;
    CHECK(unlinkat(target_dir, "file", 0) == 0);
    check_failed(copy_one("file"), PC_NOT_PRESERVED_XATTR, ENOSPC);
}

static void what_belongs_to_lustre_is_left_out(void)
{
    test_needs_root();
    begin();
    make_file(source_dir, "file", 10);
    static const char *const names[] = {"trusted.lov", "trusted.lma", "trusted.link", "trusted.version", "trusted.hsm"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        put(source_dir, "file", names[i], "1", 1);
    put(source_dir, "file", "trusted.lover", "1", 1);
    check_outcome(copy_one("file"), PC_DONE);
    CHECK_EQUAL(1, count_attributes(target_dir, "file"));
}

static const struct test_case cases[] = {
    {"all kinds are preserved", all_kinds_are_preserved},
    {"capabilities survive a change of owner", capabilities_survive_a_change_of_owner},
    {"what is not to be preserved is not looked at", what_is_not_to_be_preserved_is_not_looked_at},
    {"links and nodes have attributes too", links_and_nodes_have_attributes_too},
    {"an inherited ACL does not stay", an_inherited_acl_does_not_stay},
    {"a directory has what its source has and no more", a_directory_has_what_its_source_has_and_no_more},
    {"the attributes of a user's read-only file are preserved", the_attributes_of_a_users_read_only_file_are_preserved},
    {"what privilege does not allow is counted once an entry", what_privilege_does_not_allow_is_counted_once_an_entry},
    {"a value that the target has no room for is not preserved",
     a_value_that_the_target_has_no_room_for_is_not_preserved},
    {"what belongs to Lustre is left out", what_belongs_to_lustre_is_left_out},
};

int main(void)
{
    return TEST_RUN(cases);
}
