#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "filesystem/lustre_api.h"
#include "support/files.h"
#include "support/layouts.h"
#include "support/test.h"

static int lustre;

static int begin(int release)
{
    lustre = make_lustre("lustre");
    install_library(release);
    struct layout progressive = progressive_layout();
    make_laid_out(lustre, "source", &progressive);
    int source = openat(lustre, "source", O_RDONLY | O_CLOEXEC);
    CHECK(source >= 0);
    return source;
}

/* Creates a file without objects. */
static int create(const char *name)
{
    int fd = openat(lustre, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY | O_ASYNC, 0600);
    CHECK(fd >= 0);
    return fd;
}

static uint16_t first_ost_of(const struct layout *layout)
{
    uint16_t ost;
    memcpy(&ost, layout->value + 32 + 3 * 48 + 32 + 20, sizeof ost);
    return ost;
}

/* A file that begins on OST 0 is copied to one that does not. */
static void check_copied(int release)
{
    begin(release);
    struct layout pinned = progressive_layout();
    for (size_t i = 0; i < 3; i++)
        set16(&pinned, 32 + 3 * 48 + 32 * i + 30, 0);
    make_laid_out(lustre, "pinned", &pinned);
    struct layout wanted = layout_of(lustre, "pinned");
    CHECK_EQUAL(0, first_ost_of(&wanted));
    int source = openat(lustre, "pinned", O_RDONLY | O_CLOEXEC), target = create("target");
    int descriptors = count_descriptors();
    CHECK_EQUAL(0, pc_lustre_api_copy_layout(source, target));
    CHECK_EQUAL(descriptors, count_descriptors());
    struct layout present = layout_of(lustre, "target");
    CHECK_EQUAL(0, pc_lov_differences(wanted.value, wanted.bytes, present.value, present.bytes));
    CHECK(first_ost_of(&present) != 0);
    CHECK_EQUAL(4, write(target, "data", 4));
}

static void a_layout_is_copied_to_any_ost(void)
{
    check_copied(217);
}

static void an_older_library_does_as_well(void)
{
    check_copied(210);
}

static void the_oldest_library_copies_plain_layouts(void)
{
    begin(207);
    struct layout wanted = plain_layout(RAID0, 2 * MIB, 2, 0, "pool");
    make_laid_out(lustre, "plain", &wanted);
    int source = openat(lustre, "plain", O_RDONLY | O_CLOEXEC), target = create("target");
    CHECK_EQUAL(0, pc_lustre_api_copy_layout(source, target));
    struct layout present = layout_of(lustre, "target");
    CHECK_EQUAL(0, pc_lov_differences(wanted.value, wanted.bytes, present.value, present.bytes));
    uint16_t ost;
    memcpy(&ost, present.value + 48 + 20, sizeof ost);
    CHECK(ost != 0);
}

static void a_directory_is_given_a_default(void)
{
    int source = begin(217);
    int target = make_directory(lustre, "directory");
    CHECK_EQUAL(0, pc_lustre_api_copy_layout(source, target));
    struct layout wanted = progressive_layout(), present = layout_of(lustre, "directory");
    CHECK_EQUAL(0, pc_lov_differences(wanted.value, wanted.bytes, present.value, present.bytes));
}

static void a_library_that_lacks_a_function_is_as_good_as_none(void)
{
    int source = begin(0);
    CHECK_EQUAL(-EOPNOTSUPP, pc_lustre_api_copy_layout(source, create("target")));
    CHECK(!has_layout(lustre, "target"));
}

static void without_a_library_it_cannot_be_done(void)
{
    lustre = make_lustre("lustre");
    if (dlopen("liblustreapi.so.1", RTLD_NOW) || dlopen("liblustreapi.so", RTLD_NOW))
        test_skip("this machine has one");
    make_file(lustre, "source", 1);
    int source = openat(lustre, "source", O_RDONLY | O_CLOEXEC);
    CHECK_EQUAL(-EOPNOTSUPP, pc_lustre_api_copy_layout(source, create("target")));
    CHECK_EQUAL(-EOPNOTSUPP, pc_lustre_api_copy_layout(source, create("other")));
}

static void both_ends_must_be_on_lustre(void)
{
    int source = begin(217);
    make_file(here, "elsewhere", 1);
    int elsewhere = openat(here, "elsewhere", O_RDWR | O_CLOEXEC);
    int descriptors = count_descriptors();
    CHECK_EQUAL(-ENOTTY, pc_lustre_api_copy_layout(elsewhere, create("target")));
    CHECK_EQUAL(-ENOTTY, pc_lustre_api_copy_layout(source, elsewhere));
    CHECK_EQUAL(descriptors + 1, count_descriptors());
}

static void what_lustre_says_is_handed_on(void)
{
    int source = begin(217);
    make_trouble("forbidden");
    CHECK_EQUAL(-EACCES, pc_lustre_api_copy_layout(source, create("target")));
    make_trouble(NULL);
    CHECK(!has_layout(lustre, "target"));
    CHECK_EQUAL(0, pc_lustre_api_copy_layout(source, openat(lustre, "target", O_RDONLY | O_CLOEXEC)));
    CHECK(has_layout(lustre, "target"));
}

static const struct test_case cases[] = {
    {"a layout is copied, to any OST", a_layout_is_copied_to_any_ost},
    {"an older library does as well", an_older_library_does_as_well},
    {"the oldest library copies plain layouts", the_oldest_library_copies_plain_layouts},
    {"a directory is given a default", a_directory_is_given_a_default},
    {"a library that lacks a function is as good as none", a_library_that_lacks_a_function_is_as_good_as_none},
    {"without a library it cannot be done", without_a_library_it_cannot_be_done},
    {"both ends must be on Lustre", both_ends_must_be_on_lustre},
    {"what Lustre says is handed on", what_lustre_says_is_handed_on},
};

int main(void)
{
    return TEST_RUN(cases);
}
