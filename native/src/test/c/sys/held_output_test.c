#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/test.h"
#include "sys/held_output.h"

/* The output of a process on stdout and stderr, which are the same pipe. */
static const char *printed_by(void (*action)(void))
{
    static char text[10000];
    int ends[2];
    CHECK(pipe(ends) == 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        action();
        _exit(0);
    }
    close(ends[1]);
    size_t used = 0;
    ssize_t bytes;
    while ((bytes = read(ends[0], text + used, sizeof text - 1 - used)) > 0)
        used += (size_t)bytes;
    text[used] = '\0';
    close(ends[0]);
    int status;
    CHECK(waitpid(child, &status, 0) == child && status == 0);
    return text;
}

static void hold_and_release(void)
{
    dprintf(STDOUT_FILENO, "before\n");
    if (pc_hold_output() != 0 || !pc_is_output_held())
        _exit(1);
    dprintf(STDOUT_FILENO, "out\n");
    dprintf(STDERR_FILENO, "err\n");
    dprintf(STDOUT_FILENO, "%04000d\n", 0);
    pc_release_output();
    dprintf(STDOUT_FILENO, "after\n");
}

static void what_was_held_is_printed(void)
{
    const char *text = printed_by(hold_and_release);
    CHECK(strncmp(text, "before\nerr\nout\n00", 17) == 0);
    CHECK_EQUAL(7 + 4 + 4 + 4001 + 6, (long)strlen(text));
    CHECK(strcmp(text + strlen(text) - 7, "\nafter\n") == 0);
}

static void hold_and_drop(void)
{
    char text[9];
    pc_hold_output();
    dprintf(STDOUT_FILENO, "stdout");
    dprintf(STDERR_FILENO, "stderr");
    pc_drop_output(text, sizeof text - 1);
    dprintf(STDOUT_FILENO, "[%s]%d", text, pc_is_output_held());
}

static void what_was_held_is_dropped_but_for_its_beginning(void)
{
    CHECK(strcmp(printed_by(hold_and_drop), "[stderrst]0") == 0);
}

static void drop_nothing(void)
{
    char text[9] = "x";
    pc_release_output();
    pc_drop_output(text, sizeof text - 1);
    dprintf(STDOUT_FILENO, "[%s]", text);
}

static void where_nothing_is_held_there_is_nothing_to_drop(void)
{
    CHECK(strcmp(printed_by(drop_nothing), "[]") == 0);
}

static void close_and_hold(void)
{
    close(STDERR_FILENO);
    int error = pc_hold_output();
    dprintf(STDOUT_FILENO, "%d %d", error < 0, pc_is_output_held());
}

static void a_stream_that_is_closed_stays_so(void)
{
    CHECK(strcmp(printed_by(close_and_hold), "1 0") == 0);
}

static const struct test_case cases[] = {
    {"what was held is printed", what_was_held_is_printed},
    {"what was held is dropped but for its beginning", what_was_held_is_dropped_but_for_its_beginning},
    {"where nothing is held there is nothing to drop", where_nothing_is_held_there_is_nothing_to_drop},
    {"a stream that is closed stays so", a_stream_that_is_closed_stays_so},
};

int main(void)
{
    return TEST_RUN(cases);
}
