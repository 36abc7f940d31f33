#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/files.h"
#include "support/test.h"
#include "sys/handle.h"

static mode_t mode_of(const char *name)
{
    struct stat status;
    CHECK(fstatat(here, name, &status, AT_SYMLINK_NOFOLLOW) == 0);
    return status.st_mode & 07777;
}

static void what_cannot_be_opened_has_a_handle(void)
{
    CHECK(mkfifoat(here, "fifo", 0) == 0);
    CHECK(symlinkat("nowhere", here, "link") == 0);
    struct pc_handle fifo = pc_open_handle(here, "fifo"), link = pc_open_handle(here, "link");
    CHECK(fifo.fd >= 0 && fifo.is_path);
    CHECK_EQUAL(0, pc_change_mode(fifo, 0640));
    CHECK_EQUAL(0640, mode_of("fifo"));
    struct stat status;
    CHECK(link.fd >= 0 && fstat(link.fd, &status) == 0 && S_ISLNK(status.st_mode));
    pc_close_handle(fifo);
    pc_close_handle(link);
}

static void what_is_not_there_has_none_and_says_why(void)
{
    struct pc_handle handle = pc_open_handle(here, "nothing");
    CHECK_EQUAL(ENOENT, errno);
    CHECK_EQUAL(PC_NO_FILE, handle.fd);
    errno = 0;
    pc_close_handle(handle);
    pc_close_handle(pc_no_handle());
    CHECK_EQUAL(0, errno);
}

/* One attribute through a handle of each kind. */
static void attributes_are_the_same(struct pc_handle handle)
{
    char value[16], names[64];
    CHECK_EQUAL(0, pc_set_xattr(handle, "user.a", "one", 3));
    CHECK_EQUAL(sizeof "user.a", pc_list_xattrs(handle, names, sizeof names));
    CHECK(strcmp("user.a", names) == 0);
    CHECK_EQUAL(3, pc_get_xattr(handle, "user.a", value, sizeof value));
    CHECK(memcmp("one", value, 3) == 0);
    CHECK_EQUAL(0, pc_change_mode(handle, 0604));
    CHECK_EQUAL(0604, mode_of("file"));
    CHECK_EQUAL(sizeof "user.a", pc_list_xattrs_of(here, "file", names, sizeof names));
    CHECK_EQUAL(0, pc_remove_xattr(handle, "user.a"));
    CHECK_EQUAL(0, pc_list_xattrs(handle, names, sizeof names));
    CHECK_EQUAL(-1, pc_get_xattr(handle, "user.a", value, sizeof value));
    CHECK_EQUAL(ENODATA, errno);
    CHECK_EQUAL(0, pc_change_mode(handle, 0600));
}

static void both_kinds_of_handles_reach_the_same_attributes(void)
{
    here = test_mount_image("ext4", "16M");
    make_file(here, "file", 1);
    int fd = openat(here, "file", O_RDWR | O_CLOEXEC);
    CHECK(fd >= 0);
    attributes_are_the_same(pc_handle_of(fd));
    struct pc_handle handle = pc_open_handle(here, "file");
    attributes_are_the_same(handle);
    pc_close_handle(handle);
    close(fd);
}

static void a_link_lists_its_own_attributes(void)
{
    here = test_mount_image("ext4", "16M");
    make_file(here, "file", 1);
    CHECK(symlinkat("file", here, "link") == 0);
    struct pc_handle handle = pc_open_handle(here, "file");
    CHECK_EQUAL(0, pc_set_xattr(handle, "user.a", "one", 3));
    pc_close_handle(handle);
    char names[64];
    CHECK_EQUAL(0, pc_list_xattrs_of(here, "link", names, sizeof names));
}

static const struct test_case cases[] = {
    {"what cannot be opened has a handle", what_cannot_be_opened_has_a_handle},
    {"what is not there has none, and says why", what_is_not_there_has_none_and_says_why},
    {"both kinds of handles reach the same attributes", both_kinds_of_handles_reach_the_same_attributes},
    {"a link lists its own attributes", a_link_lists_its_own_attributes},
};

int main(void)
{
    return TEST_RUN(cases);
}
