#include "caught.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

enum { EXIT_INTERRUPTED = 130 };

static volatile sig_atomic_t caught;

static void note(int signal)
{
    if (caught != 0 && signal == SIGINT)
        _exit(EXIT_INTERRUPTED);
    if (caught == 0)
        caught = signal;
}

int pc_catch_signals(void)
{
    static const int signals[] = {SIGTERM, SIGUSR1, SIGINT};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
        sigemptyset(&action.sa_mask);
        if (sigaction(signals[i], &action, NULL) < 0)
            return -errno;
    }
    return 0;
}

int pc_caught_signal(void)
{
    return caught;
}
