#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/files.h"
#include "support/test.h"
#include "sys/real_path.h"

static void a_directory_has_its_path_without_links(void)
{
    close(make_directory(here, "a b\n"));
    CHECK(symlinkat("a b\n", here, "link") == 0);
    int fd = openat(here, "link", O_RDONLY | O_DIRECTORY);
    char path[4096], top[4096];
    int top_bytes = pc_real_path(here, top, sizeof top);
    CHECK(top_bytes > 0 && top[0] == '/');
    int bytes = pc_real_path(fd, path, sizeof path);
    CHECK_EQUAL(top_bytes + 5, bytes);
    CHECK(memcmp(path, top, (size_t)top_bytes) == 0);
    CHECK(memcmp(path + top_bytes, "/a b\n", 5) == 0);
    close(fd);
}

static void a_path_is_never_cut_short(void)
{
    char path[4096];
    int bytes = pc_real_path(here, path, sizeof path);
    CHECK_EQUAL(-ENAMETOOLONG, pc_real_path(here, path, (size_t)bytes));
    CHECK_EQUAL(bytes, pc_real_path(here, path, (size_t)bytes + 1));
}

static void a_descriptor_that_is_closed_has_none(void)
{
    int fd = make_directory(here, "closed");
    close(fd);
    char path[4096];
    CHECK_EQUAL(-ENOENT, pc_real_path(fd, path, sizeof path));
}

static const struct test_case cases[] = {
    {"a directory has its path without links", a_directory_has_its_path_without_links},
    {"a path is never cut short", a_path_is_never_cut_short},
    {"a descriptor that is closed has none", a_descriptor_that_is_closed_has_none},
};

int main(void)
{
    return TEST_RUN(cases);
}
