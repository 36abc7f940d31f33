#include "stops.h"

#include <dlfcn.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>

#include "end.h"
#include "sys/stop_signals.h"

/* The JVM stops and wakes its threads by a signal, SIGUSR2 unless this says otherwise: by one that nobody sends on Linux. */
#define JVM_SIGNAL_VARIABLE "_JAVA_SR_SIGNUM"
#define JVM_SIGNAL "16" /* SIGSTKFLT */

typedef int setter(int, const struct sigaction *, struct sigaction *);

static setter *real;
static int are_caught;

static int is_caught(int signal)
{
    const int *caught = pc_stop_signals();
    while (*caught != PC_NO_SIGNAL && *caught != signal)
        caught++;
    return are_caught && *caught == signal;
}

/*
 * In place of the C library's, for all libraries, as this program's symbols come first: what is kept can be asked for, not changed,
 * and handlers for accidents give way unseen.
 */
__attribute__((visibility("default"))) int sigaction(int signal, const struct sigaction *restrict action,
                                                     struct sigaction *restrict old)
{
    if (real == NULL)
        real = (setter *)dlsym(RTLD_NEXT, "sigaction");
    int result = real(signal, is_caught(signal) ? NULL : action, old);
    if (result == 0 && old != NULL && pc_is_for_accidents(old))
        *old = (struct sigaction){.sa_handler = SIG_DFL};
    return result;
}

void pc_catch_stop_signals(void)
{
    pc_note_stop_signals();
    are_caught = 1;
    setenv(JVM_SIGNAL_VARIABLE, JVM_SIGNAL, 0);
}
