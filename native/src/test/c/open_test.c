#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fault.h"
#include "files.h"
#include "open.h"
#include "test.h"

static void a_regular_file_opens(void)
{
    make_file(here, "file", 10);
    int fd = pc_open_file(here, "file", O_RDONLY);
    CHECK(fd >= 0);
    CHECK(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    char byte;
    CHECK_EQUAL(1, read(fd, &byte, 1));
    close(fd);
    fd = pc_open_file(here, "file", O_WRONLY);
    CHECK(fd >= 0);
    CHECK_EQUAL(1, write(fd, "x", 1));
    close(fd);
    CHECK_EQUAL(10, status_of(here, "file").st_size);
}

static void only_a_regular_file_opens(void)
{
    make_file(here, "file", 10);
    close(make_directory(here, "directory"));
    CHECK(symlinkat("file", here, "link") == 0);
    CHECK(mkfifoat(here, "fifo", 0666) == 0); /* nobody at its other end: must not be waited for */
    int descriptors = count_descriptors();
    CHECK_EQUAL(-ELOOP, pc_open_file(here, "link", O_RDONLY));
    CHECK_EQUAL(-ELOOP, pc_open_file(here, "link", O_WRONLY));
    CHECK_EQUAL(-ESTALE, pc_open_file(here, "fifo", O_RDONLY));
    CHECK_EQUAL(-ENXIO, pc_open_file(here, "fifo", O_WRONLY));
    CHECK_EQUAL(-ESTALE, pc_open_file(here, "directory", O_RDONLY));
    CHECK_EQUAL(-EISDIR, pc_open_file(here, "directory", O_WRONLY));
    CHECK_EQUAL(-ENOENT, pc_open_file(here, "missing", O_RDONLY));
    CHECK_EQUAL(descriptors, count_descriptors());
}

static void an_interrupted_open_is_tried_again(void)
{
    make_file(here, "file", 10);
    fault[FAULT_OPENAT] = (struct fault){.times = 2, .error = EINTR};
    int fd = pc_open_file(here, "file", O_RDONLY);
    CHECK(fd >= 0);
    close(fd);
}

static void a_file_is_opened_or_made(void)
{
    umask(0);
    int fd = pc_open_or_create_file(here, "file");
    CHECK_EQUAL(1, write(fd, "x", 1));
    close(fd);
    CHECK_EQUAL(S_IFREG | 0600, status_of(here, "file").st_mode);
    fd = pc_open_or_create_file(here, "file");
    char byte = 0;
    CHECK_EQUAL(1, read(fd, &byte, 1));
    CHECK_EQUAL('x', byte);
    close(fd);
    CHECK(symlinkat("file", here, "link") == 0);
    CHECK_EQUAL(-ELOOP, pc_open_or_create_file(here, "link"));
}

static const struct test_case cases[] = {
    {"a file is opened or made", a_file_is_opened_or_made},
    {"a regular file opens", a_regular_file_opens},
    {"only a regular file opens, and nothing is waited for", only_a_regular_file_opens},
    {"an interrupted open is tried again", an_interrupted_open_is_tried_again},
};

int main(void)
{
    return TEST_RUN(cases);
}
