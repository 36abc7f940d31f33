#include "stops.h"

#include <dlfcn.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>

#include "end.h"
#include "sys/stop_signals.h"

/*
 * The signal with which the JVM suspends and resumes its threads is SIGUSR2, unless this variable has another: one
 * unused on Linux.
 */
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
 * Overrides the C library's sigaction for all libraries, as this program's symbols take precedence: the action of a
 * caught signal can be read, not changed, and the launcher's own handlers for fatal signals read as SIG_DFL.
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
