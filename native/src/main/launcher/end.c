#include "end.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "rank.h"
#include "reason.h"
#include "sys/held_output.h"
#include "sys/stop_signals.h"

enum { USAGE = 2, INTERNAL = 5 };

/* Bytes of the output held back, of a line, and of a path. */
enum { TEXT_BYTES = 8192, LINE_BYTES = 2048, PATH_BYTES = 256 };

/* mpirun ends all ranks as soon as the first has failed: that long rank 0 has time to print the message for all. */
enum { RANK_0_SPEAKS_MS = 5000, LOOK_MS = 20 };

static const char *command = "pcircle";
static pid_t process;
static struct timespec begin;
static volatile sig_atomic_t has_started;
static volatile sig_atomic_t is_meant;

/* Ends this process without running atexit functions. */
static _Noreturn void leave(int code)
{
    for (;;)
        syscall(SYS_exit_group, code);
}

/*
 * Whether this rank prints the message. Other ranks than the first do if mpirun has not ended them in time: then rank 0
 * is running.
 */
static int is_to_speak(void)
{
    if (pc_rank() == 0)
        return 1;
    if (!pc_is_rank_of_mpirun())
        return 0;
    const struct timespec look = {.tv_nsec = LOOK_MS * 1000000L};
    for (int waited = 0; waited < RANK_0_SPEAKS_MS; waited += LOOK_MS) {
        if (pc_noted_stop_signal() != PC_NO_SIGNAL)
            return 0;
        nanosleep(&look, NULL);
    }
    return 1;
}

static void say(const char *text)
{
    if (!is_to_speak())
        return;
    char line[LINE_BYTES];
    struct utsname host;
    int bytes = pc_rank() == 0 || uname(&host) < 0
                    ? snprintf(line, sizeof line, "%s: %s\n", command, text)
                    : snprintf(line, sizeof line, "%s: rank %d on %s: %s\n", command, pc_rank(), host.nodename, text);
    if (bytes >= (int)sizeof line) {
        bytes = sizeof line - 1;
        line[bytes - 1] = '\n';
    }
    ssize_t written = write(STDERR_FILENO, line, (size_t)bytes);
    (void)written; /* there is no other place to report it */
}

void pc_refuse(const char *format, ...)
{
    char text[LINE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    say(text);
    leave(USAGE);
}

void pc_fail(const char *format, ...)
{
    char text[LINE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    say(text);
    leave(INTERNAL);
}

/* The path of the JVM's crash report, in one of its two places; empty if there is none. */
static void find_report(char *path, size_t bytes)
{
    static const char *const places[] = {".", "/tmp"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct stat report;
        snprintf(path, bytes, "%s/hs_err_pid%ld.log", places[i], (long)process);
        if (lstat(path, &report) == 0 && S_ISREG(report.st_mode) && report.st_uid == geteuid() &&
            report.st_mtim.tv_sec >= begin.tv_sec)
            return;
    }
    *path = '\0';
}

/* Handles an unexpected end of the process. */
static _Noreturn void end_unasked(void)
{
    char report[PATH_BYTES], text[TEXT_BYTES], reason[TEXT_BYTES];
    find_report(report, sizeof report);
    if (pc_is_output_held()) {
        pc_drop_output(text, sizeof text - 1);
        pc_reason(text, reason, sizeof reason);
        if (*report != '\0')
            unlink(report); /* the reason is all there is to know of a failed start */
        if (has_started)
            pc_refuse("Open MPI cannot be started: %s", *reason ? reason : "mpirun has printed what it says of it");
        pc_refuse("Java cannot be started: %s", *reason ? reason : "it died and does not say why: see ulimit -v");
    }
    if (!has_started)
        pc_refuse("Java cannot be started");
    if (*report != '\0')
        pc_fail("internal error: the Java virtual machine died; please report it with what is in %s", report);
    pc_fail("internal error: the process was ended from within; please report it with what is said above");
}

void pc_ends_by_java(int code)
{
    /* Java code of Open MPI may end the process when its start fails. */
    if (pc_is_output_held())
        end_unasked();
    (void)code;
    is_meant = 1;
}

void pc_ends_by_library(void)
{
    end_unasked();
}

/* Whether an end is unexpected, and of this process: not of a child between fork and exec. */
static int is_unasked(int code)
{
    return process == getpid() && !is_meant && !(has_started && code == INTERNAL);
}

static void at_exit(int code, void *unused)
{
    (void)unused;
    if (is_unasked(code))
        end_unasked();
}

/* Ends the process without running atexit functions. Overrides the C library's, for all libraries. */
__attribute__((visibility("default"))) _Noreturn void _exit(int code)
{
    if (is_unasked(code))
        end_unasked();
    leave(code);
}

/* For fatal signals, before the JVM installs its handlers, and for SIGABRT throughout. */
static void at_accident(int signal, siginfo_t *origin, void *context)
{
    (void)context;
    if (origin->si_code > 0 || origin->si_pid == process)
        end_unasked();
    sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
    raise(signal);
}

int pc_is_for_accidents(const struct sigaction *action)
{
    return (action->sa_flags & SA_SIGINFO) && action->sa_sigaction == at_accident;
}

void pc_watch_end(const char *name)
{
    command = name;
    process = getpid();
    clock_gettime(CLOCK_REALTIME, &begin);
    on_exit(at_exit, NULL);
    static const int accidents[] = {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE};
    struct sigaction action = {.sa_sigaction = at_accident, .sa_flags = SA_SIGINFO};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof accidents / sizeof *accidents; i++)
        sigaction(accidents[i], &action, NULL);
}

void pc_has_started(void)
{
    has_started = 1;
}
