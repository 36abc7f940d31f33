#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"
#include "sys/open_file.h"
#include "sys/retry.h"

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
    CHECK(mkfifoat(here, "fifo", 0666) == 0); /* a FIFO without a writer: must not be waited for */
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

/* ---- leases: another process holds one until the kernel asks for it, and then as long as `give_up` says ---- */

static sigset_t asked;

static void hold_lease(const char *name, int type, bool gives_up, int ready)
{
    int fd = openat(here, name, type == F_WRLCK ? O_RDWR : O_RDONLY);
    char held = fd >= 0 && fcntl(fd, F_SETSIG, SIGUSR1) == 0 && fcntl(fd, F_SETLEASE, type) == 0 ? 'y' : 'n';
    if (write(ready, &held, 1) != 1 || held == 'n')
        _exit(1);
    sigwaitinfo(&asked, NULL);
    usleep(50000); /* meanwhile an attempt or two must fail */
    _exit(gives_up ? fcntl(fd, F_SETLEASE, F_UNLCK) : pause());
}

static pid_t begin_lease(const char *name, int type, bool gives_up)
{
    sigemptyset(&asked);
    sigaddset(&asked, SIGUSR1);
    sigprocmask(SIG_BLOCK, &asked, NULL);
    int ends[2];
    CHECK(pipe2(ends, O_CLOEXEC) == 0);
    pid_t holder = fork();
    if (holder == 0)
        hold_lease(name, type, gives_up, ends[1]);
    char held = 'n';
    CHECK(holder > 0 && read(ends[0], &held, 1) == 1);
    close(ends[0]);
    close(ends[1]);
    if (held != 'y')
        test_skip("no leases on this file system");
    return holder;
}

static void a_lease_is_waited_for(void)
{
    static const int types[] = {F_WRLCK, F_WRLCK, F_RDLCK}, accesses[] = {O_RDONLY, O_WRONLY, O_WRONLY};
    make_file(here, "file", 10);
    for (int i = 0; i < 3; i++) {
        pid_t holder = begin_lease("file", types[i], true);
        fault_clear();
        int fd = pc_open_file(here, "file", accesses[i]);
        CHECK(fd >= 0);
        CHECK(fault[FAULT_OPENAT].calls > 1);
        close(fd);
        int status;
        CHECK(waitpid(holder, &status, 0) == holder && status == 0);
    }
}

static int32_t stop;

static void set_stop(void)
{
    stop = 1;
}

static void a_stop_ends_the_wait_for_a_lease(void)
{
    make_file(here, "file", 10);
    pid_t holder = begin_lease("file", F_WRLCK, false);
    pc_heed(&stop);
    fault[FAULT_OPENAT] = (struct fault){.skip = 2, .times = 1, .before = set_stop};
    CHECK_EQUAL(-EAGAIN, pc_open_file(here, "file", O_RDONLY));
    CHECK_EQUAL(3, fault[FAULT_OPENAT].calls);
    pc_heed(NULL);
    kill(holder, SIGKILL);
    CHECK(waitpid(holder, NULL, 0) == holder);
    int fd = pc_open_file(here, "file", O_RDONLY);
    CHECK(fd >= 0);
    close(fd);
}

static const struct test_case cases[] = {
    {"a lease is waited for", a_lease_is_waited_for},
    {"a stop ends the wait for a lease", a_stop_ends_the_wait_for_a_lease},
    {"a file is opened or made", a_file_is_opened_or_made},
    {"a regular file opens", a_regular_file_opens},
    {"only a regular file opens, and nothing is waited for", only_a_regular_file_opens},
    {"an interrupted open is tried again", an_interrupted_open_is_tried_again},
};

int main(void)
{
    return TEST_RUN(cases);
}
