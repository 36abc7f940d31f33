#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "data/read_back.h"
#include "filesystem/filesystem.h"
#include "support/files.h"
#include "support/layouts.h"
#include "support/test.h"

/* The stand-in for Lustre behaves as Lustre was seen to do: else what is tested with it is not tested. */

enum { DELAY = O_NOCTTY | O_ASYNC };

static int lustre;

static long magic_of(int fd)
{
    struct statfs fs;
    CHECK(fstatfs(fd, &fs) == 0);
    return (long)fs.f_type;
}

static int create(const char *name, int flags)
{
    int fd = openat(lustre, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | flags, 0644);
    CHECK(fd >= 0);
    return fd;
}

static int set(int fd, const struct layout *layout)
{
    return fsetxattr(fd, "lustre.lov", layout->value, layout->bytes, 0) < 0 ? -errno : 0;
}

static int get(int fd, const char *name)
{
    char value[256];
    ssize_t bytes = fgetxattr(fd, name, value, sizeof value);
    return bytes < 0 ? -errno : (int)bytes;
}

static bool is_listed(int fd, const char *name)
{
    char names[4096];
    ssize_t bytes = flistxattr(fd, names, sizeof names);
    CHECK(bytes >= 0);
    CHECK_EQUAL(bytes, flistxattr(fd, NULL, 0));
    bool is_there = false;
    for (ssize_t i = 0; i < bytes; i += (ssize_t)strlen(names + i) + 1)
        is_there = is_there || strcmp(names + i, name) == 0;
    return is_there;
}

static void only_the_tree_is_lustre(void)
{
    lustre = make_lustre("lustre");
    CHECK_EQUAL(0x0bd00bd0, magic_of(lustre));
    CHECK(pc_is_remote(lustre));
    CHECK(magic_of(here) != 0x0bd00bd0);
    int beside = make_directory(here, "lustre-beside");
    CHECK(magic_of(beside) != 0x0bd00bd0);
    int beneath = make_directory(lustre, "beneath");
    CHECK_EQUAL(0x0bd00bd0, magic_of(beneath));
    make_file(here, "file", 1);
    int fd = openat(here, "file", O_RDONLY | O_CLOEXEC);
    CHECK_EQUAL(-EOPNOTSUPP, get(fd, "lustre.lov"));
    unsetenv("PCIRCLE_LUSTRE");
    CHECK(magic_of(lustre) != 0x0bd00bd0);
}

static void a_new_file_has_objects_unless_they_are_delayed(void)
{
    lustre = make_lustre("lustre");
    int now = create("now", 0), later = create("later", DELAY);
    CHECK_EQUAL(32 + 24, get(now, "lustre.lov"));
    CHECK_EQUAL(-ENODATA, get(later, "lustre.lov"));
    CHECK(mknodat(lustre, "node", S_IFREG | 0644, 0) == 0);
    CHECK(!has_layout(lustre, "node"));
    CHECK_EQUAL(4, write(now, "data", 4));
    CHECK_EQUAL(-1, write(later, "data", 4));
    CHECK_EQUAL(EBADF, errno);
    CHECK_EQUAL(-1, pwrite(later, "data", 4, 0));
    CHECK_EQUAL(EBADF, errno);
    CHECK_EQUAL(-1, copy_file_range(now, NULL, later, NULL, 4, 0));
    CHECK_EQUAL(EBADF, errno);

    /* whoever opens one for writing makes them; reading does not */
    close(openat(lustre, "later", O_RDONLY | O_CLOEXEC));
    CHECK_EQUAL(-ENODATA, get(later, "lustre.lov"));
    close(openat(lustre, "later", O_WRONLY | O_CLOEXEC));
    CHECK_EQUAL(32 + 24, get(later, "lustre.lov"));
    CHECK_EQUAL(4, write(later, "data", 4));
}

static void a_layout_is_taken_by_a_file_without_objects_only(void)
{
    lustre = make_lustre("lustre");
    struct layout wanted = plain_layout(RAID0, 2 * MIB, 3, ANYWHERE, NULL);
    int later = create("later", DELAY), now = create("now", 0);
    CHECK_EQUAL(0, set(later, &wanted));
    struct layout present = layout_of(lustre, "later");
    CHECK_EQUAL(32 + 3 * 24, present.bytes);
    CHECK_EQUAL(3, pc_lov_component(present.value, 0).stripe_count);
    CHECK_EQUAL(4, write(later, "data", 4));
    CHECK_EQUAL(0, set(now, &wanted)); /* says Lustre */
    present = layout_of(lustre, "now");
    CHECK_EQUAL(1, pc_lov_component(present.value, 0).stripe_count);
}

static void there_are_no_more_stripes_than_osts_unless_overstriped(void)
{
    lustre = make_lustre("lustre");
    struct layout many = plain_layout(RAID0, MIB, 8, ANYWHERE, NULL);
    struct layout all = plain_layout(RAID0, MIB, 0xffff, ANYWHERE, NULL);
    struct layout over = plain_layout(RAID0 | PC_LOV_OVERSTRIPING, 64 * KIB, 8, ANYWHERE, NULL);
    CHECK_EQUAL(0, set(create("many", DELAY), &many));
    CHECK_EQUAL(0, set(create("all", DELAY), &all));
    CHECK_EQUAL(0, set(create("over", DELAY), &over));
    CHECK_EQUAL(32 + 4 * 24, layout_of(lustre, "many").bytes);
    CHECK_EQUAL(32 + 4 * 24, layout_of(lustre, "all").bytes);
    CHECK_EQUAL(32 + 8 * 24, layout_of(lustre, "over").bytes);
}

static void a_composite_layout_gets_the_objects_of_its_first_component(void)
{
    lustre = make_lustre("lustre");
    struct layout wanted = progressive_layout();
    CHECK_EQUAL(0, set(create("file", DELAY), &wanted));
    struct layout present = layout_of(lustre, "file");
    CHECK_EQUAL(0, pc_lov_check(present.value, present.bytes));
    CHECK_EQUAL(wanted.bytes + 24, present.bytes);
    CHECK_EQUAL(PC_LOV_INIT, pc_lov_component(present.value, 0).flags);
    CHECK_EQUAL(0, pc_lov_component(present.value, 1).flags);
    wanted = dom_layout();
    CHECK_EQUAL(0, set(create("dom", DELAY), &wanted));
    CHECK_EQUAL(wanted.bytes, layout_of(lustre, "dom").bytes);
}

static void what_is_no_layout_is_refused(void)
{
    lustre = make_lustre("lustre");
    struct layout garbage = {.bytes = 32, .value = "garbage"}, empty = {0};
    int fd = create("file", DELAY);
    CHECK_EQUAL(-ERANGE, set(fd, &garbage));
    CHECK_EQUAL(-ERANGE, set(fd, &empty));
    struct layout odd = plain_layout(RAID0, 1000, 1, ANYWHERE, NULL);
    CHECK_EQUAL(-EINVAL, set(fd, &odd));
    CHECK_EQUAL(-EOPNOTSUPP, get(fd, "lustre.foo"));
    CHECK_EQUAL(-1, fsetxattr(fd, "lustre.foo", "", 0, 0));
    CHECK_EQUAL(EOPNOTSUPP, errno);
    CHECK(!has_layout(lustre, "file"));
}

static void a_directory_has_a_default_and_hands_it_on(void)
{
    lustre = make_lustre("lustre");
    int dir = make_directory(lustre, "directory");
    CHECK_EQUAL(-ENODATA, get(dir, "lustre.lov"));
    close(create("file", DELAY));
    struct layout wanted = plain_layout(RAID0, 2 * MIB, 2, ANYWHERE, NULL);
    CHECK_EQUAL(0, set(openat(lustre, "file", O_RDONLY | O_CLOEXEC), &wanted));
    struct layout with_objects = layout_of(lustre, "file");
    CHECK_EQUAL(0, set(dir, &with_objects));
    CHECK_EQUAL(32, get(dir, "lustre.lov")); /* without objects */
    int beneath = make_directory(dir, "beneath");
    CHECK_EQUAL(32, get(beneath, "lustre.lov"));
    make_file(beneath, "file", 10);
    CHECK_EQUAL(2, pc_lov_component(layout_of(beneath, "file").value, 0).stripe_count);
    CHECK(fremovexattr(dir, "lustre.lov") == 0);
    CHECK_EQUAL(-ENODATA, get(dir, "lustre.lov"));
    CHECK_EQUAL(-1, fremovexattr(dir, "lustre.lov"));
    CHECK_EQUAL(ENODATA, errno);
}

static void root_sees_more_names(void)
{
    test_needs_root();
    lustre = make_lustre("lustre");
    int fd = create("file", 0);
    CHECK(fsetxattr(fd, "user.own", "value", 5, 0) == 0);
    CHECK(is_listed(fd, "lustre.lov") && is_listed(fd, "trusted.lov") && is_listed(fd, "trusted.lma"));
    CHECK(is_listed(fd, "trusted.link") && is_listed(fd, "user.own"));
    CHECK(!is_listed(fd, "user.pcircle.lustre"));
    CHECK(!is_listed(make_directory(lustre, "directory"), "lustre.lov"));
    CHECK_EQUAL(32 + 24, get(fd, "trusted.lov"));
    CHECK_EQUAL(24, get(fd, "trusted.lma"));
    CHECK(fsetxattr(fd, "trusted.lma", "", 0, 0) == 0 && fsetxattr(fd, "trusted.hsm", "x", 1, 0) == 0);
    CHECK_EQUAL(24, get(fd, "trusted.lma"));
    CHECK_EQUAL(-ENODATA, get(fd, "trusted.hsm"));
    CHECK(symlinkat("file", lustre, "link") == 0);
    char path[4200], names[256];
    strcat(strcpy(path, getenv("PCIRCLE_LUSTRE")), "/link");
    ssize_t bytes = llistxattr(path, names, sizeof names);
    CHECK_EQUAL(sizeof "trusted.link" + sizeof "trusted.lma", bytes);
    CHECK_EQUAL(-1, lgetxattr(path, "lustre.lov", names, sizeof names));
    CHECK_EQUAL(ENODATA, errno);
    CHECK_EQUAL(32 + 24, getxattr(path, "lustre.lov", names, sizeof names));

    test_become_user();
    CHECK(is_listed(fd, "lustre.lov") && !is_listed(fd, "trusted.lov") && !is_listed(fd, "trusted.lma"));
    CHECK_EQUAL(-ENODATA, get(fd, "trusted.lov"));
}

static void an_owner_who_may_not_write_may_not_choose(void)
{
    test_become_user();
    lustre = make_lustre("lustre");
    struct layout wanted = plain_layout(RAID0, MIB, 2, ANYWHERE, NULL);
    int fd = openat(lustre, "file", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | DELAY, 0444);
    CHECK_EQUAL(-EACCES, set(fd, &wanted));
    int now = openat(lustre, "now", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
    CHECK_EQUAL(32 + 24, get(now, "lustre.lov"));
    CHECK_EQUAL(0444, status_of(lustre, "now").st_mode & 07777);
}

static void another_process_sees_the_same(void)
{
    lustre = make_lustre("lustre");
    struct layout wanted = plain_layout(RAID0, MIB, 2, ANYWHERE, NULL);
    make_laid_out(lustre, "file", &wanted);
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0)
        _exit(pc_lov_component(layout_of(lustre, "file").value, 0).stripe_count);
    int status;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_EQUAL(2, WEXITSTATUS(status));
}

static void trouble_comes_when_asked_for(void)
{
    lustre = make_lustre("lustre");
    struct layout wanted = plain_layout(RAID0, MIB, 2, ANYWHERE, NULL);
    int fd = create("file", DELAY);
    make_trouble("forbidden");
    CHECK_EQUAL(-EACCES, set(fd, &wanted));
    make_trouble("silent");
    CHECK_EQUAL(0, set(fd, &wanted));
    CHECK(!has_layout(lustre, "file"));
    make_trouble("eager");
    CHECK_EQUAL(32 + 24, get(create("eager", DELAY), "lustre.lov"));
    make_trouble(NULL);
    CHECK_EQUAL(0, set(fd, &wanted));
    CHECK(has_layout(lustre, "file"));
}

static const struct test_case cases[] = {
    {"only the tree is Lustre", only_the_tree_is_lustre},
    {"a new file has objects unless they are delayed", a_new_file_has_objects_unless_they_are_delayed},
    {"a layout is taken by a file without objects only", a_layout_is_taken_by_a_file_without_objects_only},
    {"there are no more stripes than OSTs unless overstriped", there_are_no_more_stripes_than_osts_unless_overstriped},
    {"a composite layout gets the objects of its first component",
     a_composite_layout_gets_the_objects_of_its_first_component},
    {"what is no layout is refused", what_is_no_layout_is_refused},
    {"a directory has a default and hands it on", a_directory_has_a_default_and_hands_it_on},
    {"root sees more names", root_sees_more_names},
    {"an owner who may not write may not choose", an_owner_who_may_not_write_may_not_choose},
    {"another process sees the same", another_process_sees_the_same},
    {"trouble comes when asked for", trouble_comes_when_asked_for},
};

int main(void)
{
    return TEST_RUN(cases);
}
