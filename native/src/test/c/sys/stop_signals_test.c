#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/test.h"
#include "sys/stop_signals.h"

static void the_first_signal_counts(void)
{
    CHECK_EQUAL(0, pc_note_stop_signals());
    CHECK_EQUAL(PC_NO_SIGNAL, pc_noted_stop_signal());
    CHECK(raise(SIGUSR1) == 0);
    CHECK(raise(SIGTERM) == 0);
    CHECK_EQUAL(SIGUSR1, pc_noted_stop_signal());
}

/* Exit code of a process that gets one signal, then another; -1 if one has killed it. */
static int status_after(int first, int second)
{
    pid_t child = fork();
    if (child == 0) {
        pc_note_stop_signals();
        raise(first);
        raise(second);
        _exit(pc_noted_stop_signal() == first ? 0 : 1);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void each_of_them_is_noted(void)
{
    for (const int *signal = pc_stop_signals(); *signal != PC_NO_SIGNAL; signal++)
        CHECK_EQUAL(0, status_after(*signal, SIGTERM));
}

static void a_second_interrupt_ends_the_process(void)
{
    CHECK_EQUAL(0, status_after(SIGINT, SIGTERM));
    CHECK_EQUAL(130, status_after(SIGINT, SIGINT));
    CHECK_EQUAL(130, status_after(SIGTERM, SIGINT));
}

static void a_hangup_that_is_ignored_stays_so(void)
{
    signal(SIGHUP, SIG_IGN);
    CHECK_EQUAL(1, status_after(SIGHUP, SIGHUP));
    CHECK_EQUAL(1, status_after(SIGHUP, SIGTERM));
    signal(SIGHUP, SIG_DFL);
}

static const struct test_case cases[] = {
    {"each of them is noted", each_of_them_is_noted},
    {"a second interrupt ends the process", a_second_interrupt_ends_the_process},
    {"a hangup that is ignored stays so", a_hangup_that_is_ignored_stays_so},
    {"the first signal counts", the_first_signal_counts},
};

int main(void)
{
    return TEST_RUN(cases);
}
