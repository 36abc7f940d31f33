#include "sys/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "support/test.h"

/* A terminal with so many columns. */
static int open_terminal(unsigned short columns)
{
    int fd = posix_openpt(O_RDWR | O_NOCTTY);
    if (fd < 0)
        test_skip("there are no pseudo-terminals here");
    struct winsize size = {.ws_row = 24, .ws_col = columns};
    CHECK(ioctl(fd, TIOCSWINSZ, &size) == 0);
    return fd;
}

static void a_terminal_says_how_wide_it_is(void)
{
    CHECK_EQUAL(80, pc_terminal_columns(open_terminal(80)));
    CHECK_EQUAL(200, pc_terminal_columns(open_terminal(200)));
    CHECK_EQUAL(0, pc_terminal_columns(open_terminal(0)));
}

static void nothing_else_does(void)
{
    int pipe_fds[2];
    CHECK(pipe(pipe_fds) == 0);
    CHECK_EQUAL(-ENOTTY, pc_terminal_columns(pipe_fds[1]));
    CHECK_EQUAL(-ENOTTY, pc_terminal_columns(open("/dev/null", O_RDWR)));
    CHECK_EQUAL(-EBADF, pc_terminal_columns(999));
}

static const struct test_case cases[] = {
    {"a terminal says how wide it is", a_terminal_says_how_wide_it_is},
    {"nothing else does", nothing_else_does},
};

int main(void)
{
    return TEST_RUN(cases);
}
