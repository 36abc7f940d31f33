#include "support/test.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SECONDS_MAX = 120, SKIPPED = 77, NOBODY = 65534 };

int here = -1;
char here_path[PATH_MAX];

/* ---- inside a case ---- */

_Noreturn void test_fail(const char *file, int line, const char *what)
{
    printf("    %s:%d: %s (errno: %s)\n", file, line, what, strerror(errno));
    fflush(stdout);
    _exit(1);
}

void test_equal(const char *file, int line, const char *what, long long expected, long long actual)
{
    if (expected == actual)
        return;
    printf("    %s:%d: %s is %lld, expected %lld\n", file, line, what, actual, expected);
    fflush(stdout);
    _exit(1);
}

_Noreturn void test_skip(const char *reason)
{
    printf("    skipped: %s\n", reason);
    fflush(stdout);
    _exit(SKIPPED);
}

void test_needs_root(void)
{
    if (geteuid() != 0)
        test_skip("needs root");
}

void test_become_user(void)
{
    if (geteuid() != 0)
        return;
    CHECK(fchmod(here, 0777) == 0);
    CHECK(setgroups(0, NULL) == 0);
    CHECK(setresgid(NOBODY, NOBODY, NOBODY) == 0);
    CHECK(setresuid(NOBODY, NOBODY, NOBODY) == 0);
}

static void write_text(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd >= 0 && write(fd, text, strlen(text)) >= 0)
        close(fd);
}

/* Lets this process mount what nobody else sees: root just so, anybody else by being root of a world of his own. */
static bool enter_own_mounts(void)
{
    unsigned uid = geteuid(), gid = getegid();
    if (unshare(uid == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) < 0)
        return false;
    if (uid != 0) {
        char map[64];
        snprintf(map, sizeof map, "%u %u 1", uid, uid);
        write_text("/proc/self/uid_map", map);
        write_text("/proc/self/setgroups", "deny");
        snprintf(map, sizeof map, "%u %u 1", gid, gid);
        write_text("/proc/self/gid_map", map);
    }
    return mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

int test_mount_tmpfs(const char *name, const char *size)
{
    char path[PATH_MAX + 256], options[64];
    snprintf(path, sizeof path, "%s/%s", here_path, name);
    snprintf(options, sizeof options, "size=%s", size);
    CHECK(mkdir(path, 0700) == 0);
    if (!enter_own_mounts() || mount("tmpfs", path, "tmpfs", 0, options) < 0)
        test_skip("mounting is not permitted");
    int fd = open(path, O_RDONLY | O_DIRECTORY);
    CHECK(fd >= 0);
    return fd;
}

/* Runs a line of the shell in `here`, where it finds the three words as $1 to $3. Returns its exit code. */
static int shell(const char *line, const char *one, const char *two, const char *three)
{
    pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) {
        if (chdir(here_path) == 0) /* not fchdir: `here` was opened before these mounts were */
            execl("/bin/sh", "sh", "-c", line, "sh", one, two, three, (char *)NULL);
        _exit(127);
    }
    int status;
    CHECK(waitpid(pid, &status, 0) == pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}

/* The loop device and the image's memory go with the namespace of the mounts, which goes with this process. */
int test_mount_image(const char *type, const char *size)
{
    if (strcmp(type, "tmpfs") == 0)
        return test_mount_tmpfs(type, size);
    close(test_mount_tmpfs("images", size));
    const char *options = strcmp(type, "ext4") == 0 ? "-q -F" : strcmp(type, "ext2") == 0 ? "-q -F -I 128" : "-q -f";
    if (shell("PATH=$PATH:/usr/sbin:/sbin; command -v mkfs.$1 >/dev/null", type, "", "") != 0)
        test_skip("mkfs for this type is not installed");
    CHECK(shell("PATH=$PATH:/usr/sbin:/sbin; truncate -s $2 images/image && mkfs.$1 $3 images/image >/dev/null 2>&1",
              type, size, options) == 0);
    if (shell("mkdir $1 && mount -o loop images/image $1 2>/dev/null", type, "", "") != 0)
        test_skip("mounting images is not permitted, or the kernel does not know the type");
    char path[PATH_MAX + 256];
    snprintf(path, sizeof path, "%s/%s", here_path, type);
    int fd = open(path, O_RDONLY | O_DIRECTORY);
    CHECK(fd >= 0);
    return fd;
}

void *test_memory(size_t bytes)
{
    static void *kept[1024]; /* where the leak sanitizer finds them */
    static size_t count;
    CHECK(count < sizeof kept / sizeof kept[0]);
    void *memory = NULL;
    CHECK(posix_memalign(&memory, 4096, bytes ? bytes : 1) == 0);
    memset(memory, 0, bytes);
    return kept[count++] = memory;
}

/* ---- around the cases ---- */

/* Removes a tree of any depth, also where a case has taken permissions away. */
static void remove_tree(int parent, const char *name)
{
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && errno == EACCES && fchmodat(parent, name, 0700, 0) == 0)
        fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0) {
        fchmod(fd, 0700);
        DIR *dir = fdopendir(fd);
        for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
            bool dots = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
            if (!dots && unlinkat(fd, entry->d_name, 0) < 0)
                remove_tree(fd, entry->d_name);
        }
        closedir(dir);
    }
    unlinkat(parent, name, AT_REMOVEDIR);
}

static void make_home(void)
{
    const char *temporary = getenv("TMPDIR");
    snprintf(here_path, PATH_MAX, "%s/pcircle-test-XXXXXX", temporary ? temporary : "/tmp");
    CHECK(mkdtemp(here_path) != NULL);
    here = open(here_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CHECK(here >= 0);
}

static void remove_home(void)
{
    close(here);
    remove_tree(AT_FDCWD, here_path);
}

static volatile pid_t child;
static volatile sig_atomic_t interrupted;

/* Whoever ends us ends the case that runs; then we clean up behind it as ever, and begin no other. */
static void end_early(int signal_number)
{
    interrupted = signal_number;
    if (child > 0)
        kill(child, SIGKILL);
}

static int run_in_child(void (*run)(void))
{
    fflush(stdout);
    child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        signal(SIGTERM, SIG_DFL);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        alarm(SECONDS_MAX);
        run();
        exit(0); /* through the leak sanitizer */
    }
    int status;
    while (waitpid(child, &status, 0) < 0)
        CHECK(errno == EINTR);
    child = 0;
    if (WIFSIGNALED(status))
        printf("    killed by %s\n", WTERMSIG(status) == SIGALRM ? "its time limit" : strsignal(WTERMSIG(status)));
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int test_run(const struct test_case *cases, size_t count)
{
    signal(SIGINT, end_early);
    signal(SIGTERM, end_early);
    int passed = 0, failed = 0;
    for (size_t i = 0; i < count && !interrupted; i++) {
        make_home();
        int code = run_in_child(cases[i].run);
        remove_home();
        printf("%s %s\n", code == 0 ? "ok     " : code == SKIPPED ? "skipped" : "FAILED ", cases[i].claim);
        passed += code == 0;
        failed += code != 0 && code != SKIPPED;
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed || interrupted ? 1 : 0;
}
