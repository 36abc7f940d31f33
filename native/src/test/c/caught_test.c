#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "caught.h"
#include "test.h"

static void the_first_signal_counts(void)
{
    CHECK_EQUAL(0, pc_catch_signals());
    CHECK_EQUAL(0, pc_caught_signal());
    CHECK(raise(SIGUSR1) == 0);
    CHECK(raise(SIGTERM) == 0);
    CHECK_EQUAL(SIGUSR1, pc_caught_signal());
}

static int status_after(int first, int second)
{
    pid_t child = fork();
    if (child == 0) {
        pc_catch_signals();
        raise(first);
        raise(second);
        _exit(pc_caught_signal() == first ? 0 : 1);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void a_second_interrupt_ends_the_process(void)
{
    CHECK_EQUAL(0, status_after(SIGINT, SIGTERM));
    CHECK_EQUAL(130, status_after(SIGINT, SIGINT));
    CHECK_EQUAL(130, status_after(SIGTERM, SIGINT));
}

static const struct test_case cases[] = {
    {"a second interrupt ends the process", a_second_interrupt_ends_the_process},
    {"the first signal counts", the_first_signal_counts},
};

int main(void)
{
    return TEST_RUN(cases);
}
