#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"
#include "sys/open_beneath.h"

static void check_opens(const char *path, const char *expected)
{
    int fd = pc_open_beneath(here, path);
    CHECK(fd >= 0);
    CHECK(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    struct stat status;
    CHECK(fstat(fd, &status) == 0);
    CHECK_EQUAL(status_of(here, expected).st_ino, status.st_ino);
    CHECK(count_entries(fd) >= 0); /* for reading, not O_PATH */
    close(fd);
}

static void check_refuses(int error, const char *path)
{
    CHECK_EQUAL(-error, pc_open_beneath(here, path));
}

/* Every check runs with openat2, if the kernel has it, and without. */
static void without_openat2(void)
{
    fault[FAULT_OPENAT2] = (struct fault){.times = INT_MAX, .error = ENOSYS};
}

static void a_path_opens_however_it_is_spelt(void)
{
    close(make_directory(here, "a"));
    close(make_directory(here, "a/b"));
    close(make_directory(here, "a/b/\n\xff"));
    check_opens("a", "a");
    check_opens("a/b", "a/b");
    check_opens("a/b/", "a/b");
    check_opens("a//b///", "a/b");
    check_opens("./a/./b", "a/b");
    check_opens("a/b/\n\xff", "a/b/\n\xff");
    check_opens("", ".");
    check_opens(".", ".");
}

static void nothing_leads_up_or_out(void)
{
    close(make_directory(here, "a"));
    check_refuses(EXDEV, "..");
    check_refuses(EXDEV, "../a");
    check_refuses(EXDEV, "a/..");
    check_refuses(EXDEV, "a/../a");
    check_refuses(EXDEV, "/");
    check_refuses(EXDEV, "/tmp");
    close(make_directory(here, "..a"));
    check_opens("..a", "..a");
}

static void a_symbolic_link_is_refused_wherever_it_stands(void)
{
    close(make_directory(here, "a"));
    close(make_directory(here, "a/b"));
    CHECK(symlinkat("a", here, "link") == 0);
    CHECK(symlinkat("/", here, "root") == 0);
    CHECK(symlinkat("nowhere", here, "dangling") == 0);
    check_refuses(ELOOP, "link");
    check_refuses(ELOOP, "link/b");
    check_refuses(ELOOP, "root");
    check_refuses(ELOOP, "root/tmp");
    check_refuses(ELOOP, "dangling");
}

static void what_is_no_directory_does_not_open(void)
{
    make_file(here, "file", 1);
    CHECK(mkfifoat(here, "fifo", 0644) == 0);
    char name[5001];
    memset(name, 'n', 5000);
    name[5000] = '\0';
    check_refuses(ENOTDIR, "file");
    check_refuses(ENOTDIR, "file/x");
    check_refuses(ENOTDIR, "fifo");
    check_refuses(ENOENT, "missing");
    check_refuses(ENOENT, "missing/x");
    check_refuses(ENAMETOOLONG, name);
    name[256] = '\0';
    check_refuses(ENAMETOOLONG, name);
}

enum { DEPTH = 40, COMPONENT = 250 };

/* A path of DEPTH long components, each with a slash after it, whose directories exist. */
static char *make_deep(void)
{
    char name[COMPONENT + 1];
    memset(name, 'd', COMPONENT);
    name[COMPONENT] = '\0';
    char *path = test_memory(DEPTH * (COMPONENT + 1) + 1);
    int dir = dup(here);
    for (int i = 0; i < DEPTH; i++) {
        strcat(strcat(path, name), "/");
        int next = make_directory(dir, name);
        close(dir);
        dir = next;
    }
    close(make_directory(dir, "end"));
    make_file(dir, "file", 1);
    CHECK(symlinkat("end", dir, "link") == 0);
    close(dir);
    CHECK(strlen(path) > 2 * PATH_MAX);
    return path;
}

static char *join(const char *path, const char *name)
{
    char *joined = test_memory(strlen(path) + strlen(name) + 1);
    return strcat(strcat(joined, path), name);
}

static void a_path_longer_than_path_max_opens(void)
{
    const char *path = make_deep();
    int descriptors = count_descriptors();
    int fd = pc_open_beneath(here, join(path, "end"));
    CHECK(fd >= 0);
    CHECK_EQUAL(0, count_entries(fd));
    close(fd);
    check_refuses(ENOENT, join(path, "missing"));
    check_refuses(ENOTDIR, join(path, "file"));
    check_refuses(ELOOP, join(path, "link"));
    check_refuses(EXDEV, join(path, ".."));
    CHECK_EQUAL(descriptors, count_descriptors());
}

static void search_permission_suffices_on_the_way(void)
{
    test_become_user();
    close(make_directory(here, "a"));
    close(make_directory(here, "a/b"));
    CHECK(fchmodat(here, "a", 0111, 0) == 0);
    check_opens("a/b", "a/b");
    check_refuses(EACCES, "a");
}

static atomic_bool swapping = true;

/* Exchanges the directory `a` and a link to `outside`, as fast as it can. */
static void *swap(void *ignored)
{
    while (swapping)
        CHECK(renameat2(here, "a", here, "trap", RENAME_EXCHANGE) == 0);
    return ignored;
}

static void a_directory_swapped_for_a_link_leads_nowhere(void)
{
    close(make_directory(here, "a"));
    close(make_directory(here, "a/b"));
    close(make_directory(here, "outside"));
    close(make_directory(here, "outside/b"));
    CHECK(symlinkat("outside", here, "trap") == 0);
    ino_t inside = status_of(here, "a/b").st_ino;
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, swap, NULL) == 0);
    int opened = 0, refused = 0;
    for (int i = 0; (opened < 1000 || refused < 1000) && i < 1000000; i++) {
        int fd = pc_open_beneath(here, "a/b");
        if (fd >= 0) {
            struct stat status;
            CHECK(fstat(fd, &status) == 0);
            CHECK_EQUAL(inside, status.st_ino);
            close(fd);
        }
        opened += fd >= 0;
        refused += fd == -ELOOP;
    }
    swapping = false;
    pthread_join(thread, NULL);
    CHECK(opened > 0 && refused > 0);
}

static void without_openat2_a_path_opens_however_it_is_spelt(void)
{
    without_openat2();
    a_path_opens_however_it_is_spelt();
}

static void without_openat2_nothing_leads_up_or_out(void)
{
    without_openat2();
    nothing_leads_up_or_out();
}

static void without_openat2_a_symbolic_link_is_refused(void)
{
    without_openat2();
    a_symbolic_link_is_refused_wherever_it_stands();
}

static void without_openat2_what_is_no_directory_does_not_open(void)
{
    without_openat2();
    what_is_no_directory_does_not_open();
}

static void without_openat2_a_path_longer_than_path_max_opens(void)
{
    without_openat2();
    a_path_longer_than_path_max_opens();
}

static void without_openat2_search_permission_suffices(void)
{
    without_openat2();
    search_permission_suffices_on_the_way();
}

static void without_openat2_a_directory_swapped_for_a_link_leads_nowhere(void)
{
    without_openat2();
    a_directory_swapped_for_a_link_leads_nowhere();
}

static void a_kernel_without_openat2_is_asked_once(void)
{
    without_openat2();
    check_opens(".", ".");
    check_opens(".", ".");
    CHECK(fault[FAULT_OPENAT2].calls <= 1); /* 0 where the headers do not define it */
}

static void a_crossing_rename_is_tried_again_but_not_for_ever(void)
{
    fault[FAULT_OPENAT2] = (struct fault){.times = 3, .error = EAGAIN};
    check_opens(".", ".");
    if (fault[FAULT_OPENAT2].calls == 0)
        test_skip("built without openat2");
    fault[FAULT_OPENAT2] = (struct fault){.times = INT_MAX, .error = EAGAIN};
    check_refuses(EAGAIN, ".");
}

static void a_typed_path_follows_links_and_dots(void)
{
    close(make_directory(here, "a"));
    close(make_directory(here, "a/b"));
    CHECK(symlinkat("a", here, "link") == 0);
    CHECK(fchdir(here) == 0);
    const char *typed[] = {"a", "link", "link/b/..", "./a", "a/", "link/", here_path};
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        int fd = pc_open_directory(typed[i]);
        CHECK(fd >= 0);
        CHECK(fcntl(fd, F_GETFD) & FD_CLOEXEC);
        close(fd);
    }
    CHECK_EQUAL(-ENOENT, pc_open_directory(""));
    CHECK_EQUAL(-ENOENT, pc_open_directory("missing"));
}

static void a_typed_path_may_be_longer_than_path_max(void)
{
    const char *deep = make_deep();
    int fd = pc_open_directory(join(join(here_path, "/"), join(deep, "link")));
    CHECK(fd >= 0);
    close(fd);
    CHECK(fchdir(here) == 0);
    fd = pc_open_directory(join(deep, "end/../.."));
    CHECK(fd >= 0);
    CHECK_EQUAL(1, count_entries(fd));
    close(fd);
}

static const struct test_case cases[] = {
    {"a path opens however it is spelt", a_path_opens_however_it_is_spelt},
    {"nothing leads up or out", nothing_leads_up_or_out},
    {"a symbolic link is refused wherever it stands", a_symbolic_link_is_refused_wherever_it_stands},
    {"what is no directory does not open", what_is_no_directory_does_not_open},
    {"a path longer than PATH_MAX opens", a_path_longer_than_path_max_opens},
    {"search permission suffices on the way", search_permission_suffices_on_the_way},
    {"a directory swapped for a link leads nowhere", a_directory_swapped_for_a_link_leads_nowhere},
    {"without openat2 a path opens however it is spelt", without_openat2_a_path_opens_however_it_is_spelt},
    {"without openat2 nothing leads up or out", without_openat2_nothing_leads_up_or_out},
    {"without openat2 a symbolic link is refused", without_openat2_a_symbolic_link_is_refused},
    {"without openat2 what is no directory does not open", without_openat2_what_is_no_directory_does_not_open},
    {"without openat2 a path longer than PATH_MAX opens", without_openat2_a_path_longer_than_path_max_opens},
    {"without openat2 search permission suffices", without_openat2_search_permission_suffices},
    {"without openat2 a directory swapped for a link leads nowhere",
     without_openat2_a_directory_swapped_for_a_link_leads_nowhere},
    {"a kernel without openat2 is asked once", a_kernel_without_openat2_is_asked_once},
    {"a crossing rename is tried again but not for ever", a_crossing_rename_is_tried_again_but_not_for_ever},
    {"a typed path follows links and dots", a_typed_path_follows_links_and_dots},
    {"a typed path may be longer than PATH_MAX", a_typed_path_may_be_longer_than_path_max},
};

int main(void)
{
    return TEST_RUN(cases);
}
