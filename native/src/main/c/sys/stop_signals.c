#include "sys/stop_signals.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>

enum { EXIT_INTERRUPTED = 130 };

/* Exported, so that the launcher and the library, which both contain this file, share one. */
__attribute__((visibility("default"))) volatile sig_atomic_t pcircle_caught;

static void note(int signal)
{
    if (pcircle_caught != PC_NO_SIGNAL && signal == SIGINT)
        _Exit(EXIT_INTERRUPTED); /* not _exit, which the launcher intercepts */
    if (pcircle_caught == PC_NO_SIGNAL)
        pcircle_caught = signal;
}

const int *pc_stop_signals(void)
{
    static const int signals[] = {SIGTERM, SIGINT, SIGUSR1, SIGUSR2, SIGXCPU, SIGHUP, PC_NO_SIGNAL};
    return signals;
}

static int is_ignored(int signal)
{
    struct sigaction now;
    return sigaction(signal, NULL, &now) == 0 && now.sa_handler == SIG_IGN;
}

int pc_note_stop_signals(void)
{
    for (const int *signal = pc_stop_signals(); *signal != PC_NO_SIGNAL; signal++) {
        if (*signal == SIGHUP && is_ignored(SIGHUP))
            continue;
        struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
        sigemptyset(&action.sa_mask);
        if (sigaction(*signal, &action, NULL) < 0)
            return -errno;
    }
    return 0;
}

int pc_noted_stop_signal(void)
{
    return pcircle_caught;
}
