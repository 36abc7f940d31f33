#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "filesystem/filesystem.h"
#include "filesystem/lustre_layout.h"
#include "filesystem/lustre_lov.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/layouts.h"
#include "support/test.h"

static int lustre;
static struct pc_layout_outcome outcome;

/* Sets the umask to 0 first. */
static void begin(void)
{
    umask(0);
    lustre = make_lustre("lustre");
}

static int create(int dir, const char *name, mode_t mode, struct pc_layout_wish wish)
{
    outcome = (struct pc_layout_outcome){.error = -1, .differs = UINT32_MAX};
    return pc_create_with_layout(dir, name, mode, &wish, &outcome);
}

/* Creates a file with the layout of the open one, and writes to it. */
static void copy_from(int source, const char *name)
{
    int fd = create(lustre, name, 0640, (struct pc_layout_wish){.choice = PC_LAYOUT_PRESERVE, .source = source});
    CHECK(fd >= 0);
    CHECK_EQUAL(4, write(fd, "data", 4));
    CHECK(close(fd) == 0);
    CHECK_EQUAL(0640, status_of(lustre, name).st_mode & 07777);
}

static void copy(const char *source_name, const char *name)
{
    int source = openat(lustre, source_name, O_RDONLY | O_CLOEXEC);
    CHECK(source >= 0);
    copy_from(source, name);
    close(source);
}

static uint32_t differences(const struct layout *wanted, int dir, const char *name)
{
    struct layout present = layout_of(dir, name);
    return pc_lov_differences(wanted->value, wanted->bytes, present.value, present.bytes);
}

/* Whether the layout is the default of new files. */
static bool is_usual(int dir, const char *name)
{
    struct layout usual = plain_layout(RAID0, MIB, 1, ANYWHERE, NULL);
    return differences(&usual, dir, name) == 0;
}

static uint16_t ost_of(const struct layout *layout, size_t objects)
{
    uint16_t ost;
    memcpy(&ost, layout->value + objects + 20, sizeof ost);
    return ost;
}

/* ---- files ---- */

static void a_layout_is_preserved(void)
{
    begin();
    const struct {
        const char *name;
        struct layout layout;
    } wanted[] = {
        {"striped", plain_layout(RAID0, 2 * MIB, 3, ANYWHERE, NULL)},
        {"pool", plain_layout(RAID0, 4 * MIB, 2, ANYWHERE, "flash")},
        {"overstriped", plain_layout(RAID0 | PC_LOV_OVERSTRIPING, 64 * KIB, 8, ANYWHERE, NULL)},
        {"progressive", progressive_layout()},
        {"on the metadata server", dom_layout()},
    };
    int descriptors = count_descriptors();
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        make_laid_out(lustre, wanted[i].name, &wanted[i].layout);
        copy(wanted[i].name, "copy");
        CHECK_EQUAL(0, outcome.error);
        CHECK_EQUAL(0, outcome.differs);
        CHECK_EQUAL(0, differences(&wanted[i].layout, lustre, "copy"));
        struct layout source = layout_of(lustre, wanted[i].name), present = layout_of(lustre, "copy");
        CHECK_EQUAL(source.bytes, present.bytes); /* with as many objects */
        CHECK_EQUAL(
            pc_lov_component(source.value, 0).pattern, pc_lov_component(present.value, 0).pattern);
        CHECK(unlinkat(lustre, "copy", 0) == 0);
    }
    CHECK_EQUAL(descriptors, count_descriptors());
}

static void copies_do_not_pile_up_where_the_source_is(void)
{
    begin();
    struct layout plain = plain_layout(RAID0, MIB, 2, 0, NULL), pool = plain_layout(RAID0, MIB, 2, 0, "flash");
    struct layout progressive = progressive_layout();
    set16(&progressive, 32 + 3 * 48 + 30, 0);
    make_laid_out(lustre, "plain", &plain);
    make_laid_out(lustre, "pool", &pool);
    make_laid_out(lustre, "progressive", &progressive);
    const struct {
        const char *name;
        size_t objects;
    } files[] = {{"plain", 32}, {"pool", 48}, {"progressive", 32 + 3 * 48 + 32}};
    for (size_t i = 0; i < 3; i++) {
        struct layout source = layout_of(lustre, files[i].name);
        CHECK_EQUAL(0, ost_of(&source, files[i].objects));
        copy(files[i].name, "copy");
        struct layout present = layout_of(lustre, "copy");
        CHECK(ost_of(&present, files[i].objects) != 0);
        CHECK(unlinkat(lustre, "copy", 0) == 0);
    }
}

static void a_copy_of_a_released_file_is_not_released(void)
{
    begin();
    struct layout released = plain_layout(RAID0 | PC_LOV_RELEASED, MIB, 2, ANYWHERE, NULL);
    make_laid_out(lustre, "source", &released);
    CHECK(pc_lov_component(layout_of(lustre, "source").value, 0).pattern & PC_LOV_RELEASED);
    copy("source", "copy");
    CHECK_EQUAL(0, outcome.error);
    CHECK_EQUAL(0, outcome.differs);
    CHECK_EQUAL(RAID0, pc_lov_component(layout_of(lustre, "copy").value, 0).pattern);
}

static void a_source_without_a_layout_leaves_the_choice_to_the_directory(void)
{
    begin();
    CHECK(mknodat(lustre, "source", S_IFREG | 0644, 0) == 0);
    struct layout chosen = plain_layout(RAID0, 2 * MIB, 2, ANYWHERE, NULL);
    set_default(lustre, &chosen);
    copy("source", "copy");
    CHECK_EQUAL(0, outcome.error);
    CHECK_EQUAL(0, outcome.differs);
    CHECK_EQUAL(0, differences(&chosen, lustre, "copy"));
}

static void what_the_file_system_cannot_give_is_told(void)
{
    begin();
    struct layout wanted = plain_layout(RAID0, MIB, 4, ANYWHERE, NULL);
    make_laid_out(lustre, "source", &wanted);
    CHECK(setenv("PCIRCLE_LUSTRE_OSTS", "2", 1) == 0); /* as if the target were another file system */
    copy("source", "copy");
    CHECK_EQUAL(0, outcome.error);
    CHECK_EQUAL(PC_LOV_STRIPE_COUNT, outcome.differs);
    CHECK_EQUAL(2, pc_lov_component(layout_of(lustre, "copy").value, 0).stripe_count);
}

static void a_layout_that_lustre_ignores_is_noticed(void)
{
    begin();
    struct layout wanted = plain_layout(RAID0, 2 * MIB, 3, ANYWHERE, NULL);
    make_laid_out(lustre, "source", &wanted);
    make_trouble("eager"); /* there are objects before the layout is set: it returns 0 */
    copy("source", "copy");
    CHECK_EQUAL(0, outcome.error);
    CHECK_EQUAL(PC_LOV_STRIPE_COUNT | PC_LOV_STRIPE_SIZE, outcome.differs);
    CHECK(is_usual(lustre, "copy"));
    make_trouble("silent"); /* it returns 0 without setting a layout */
    copy("source", "other");
    CHECK_EQUAL(ENODATA, outcome.error);
    CHECK(is_usual(lustre, "other"));
}

static void where_layouts_are_forbidden_files_have_the_usual_one(void)
{
    begin();
    struct layout wanted = progressive_layout();
    make_laid_out(lustre, "source", &wanted);
    make_trouble("forbidden");
    int descriptors = count_descriptors();
    copy("source", "copy");
    CHECK_EQUAL(EACCES, outcome.error);
    CHECK_EQUAL(0, outcome.differs);
    CHECK(is_usual(lustre, "copy"));
    CHECK_EQUAL(descriptors, count_descriptors());
}

static void a_damaged_or_foreign_layout_is_told_and_left(void)
{
    begin();
    static const uint32_t magics[] = {0x12345678, 0x0bd70bd0};
    for (size_t i = 0; i < 2; i++) {
        struct layout layout = plain_layout(RAID0, MIB, 2, 0, NULL);
        set32(&layout, 0, magics[i]);
        make_file(here, "source", 1);
        int source = openat(here, "source", O_RDONLY | O_CLOEXEC);
        /* stored where the stand-in keeps checked values, and then moved there */
        CHECK(fsetxattr(source, "user.pcircle.lustre", layout.value, layout.bytes, 0) == 0);
        CHECK(renameat(here, "source", lustre, "source") == 0);
        copy_from(source, "copy");
        CHECK_EQUAL(EINVAL, outcome.error);
        CHECK(is_usual(lustre, "copy"));
        CHECK(unlinkat(lustre, "copy", 0) == 0);
        close(source);
    }
}

/* A kind of layout that only the library knows. */
static struct layout make_later_kind(void)
{
    struct layout layout = plain_layout(RAID0, 2 * MIB, 3, 0, NULL);
    set32(&layout, 0, LAYOUT_OF_A_LATER_KIND);
    make_laid_out(lustre, "source", &layout);
    return layout_of(lustre, "source");
}

static void the_library_copies_what_is_not_known_here(void)
{
    begin();
    install_library(217);
    struct layout wanted = make_later_kind();
    CHECK_EQUAL(0, ost_of(&wanted, 32));
    copy("source", "copy");
    CHECK_EQUAL(0, outcome.error);
    CHECK_EQUAL(0, outcome.differs);
    struct layout present = layout_of(lustre, "copy");
    CHECK_EQUAL(wanted.bytes, present.bytes);
    CHECK(memcmp(wanted.value, present.value, 8) == 0); /* kind and pattern */
    CHECK(memcmp(wanted.value + 24, present.value + 24, 6) == 0);
    CHECK(ost_of(&present, 32) != 0);
    make_trouble("eager");
    copy("source", "other");
    CHECK_EQUAL(0, outcome.error);
    CHECK_EQUAL(PC_LOV_KIND, outcome.differs);
}

static void without_the_library_what_is_not_known_is_told(void)
{
    begin();
    install_library(0);
    make_later_kind();
    copy("source", "copy");
    CHECK_EQUAL(EOPNOTSUPP, outcome.error);
    CHECK(is_usual(lustre, "copy"));
}

static void what_is_not_on_lustre_gets_no_layout(void)
{
    begin();
    struct layout wanted = plain_layout(RAID0, 2 * MIB, 3, ANYWHERE, NULL);
    make_laid_out(lustre, "source", &wanted);
    int source = openat(lustre, "source", O_RDONLY | O_CLOEXEC);
    struct pc_layout_wish wish = {.choice = PC_LAYOUT_PRESERVE, .source = source};
    int fd = create(here, "copy", 0600, wish);
    CHECK_EQUAL(4, write(fd, "data", 4));
    CHECK_EQUAL(EOPNOTSUPP, outcome.error);
    CHECK_EQUAL(0600, status_of(here, "copy").st_mode & 07777);
    wish.source = fd;
    close(create(lustre, "copy", 0600, wish));
    CHECK_EQUAL(EOPNOTSUPP, outcome.error);
    CHECK(is_usual(lustre, "copy"));
    CHECK(close(create(here, "other", 0600, (struct pc_layout_wish){.choice = PC_LAYOUT_AUTO, .bytes = 1})) == 0);
    CHECK_EQUAL(EOPNOTSUPP, outcome.error);
}

static void a_mode_that_shuts_its_owner_out_is_preserved(void)
{
    test_become_user();
    begin();
    struct layout wanted = plain_layout(RAID0, 2 * MIB, 3, ANYWHERE, NULL);
    make_laid_out(lustre, "source", &wanted);
    int source = openat(lustre, "source", O_RDONLY | O_CLOEXEC);
    static const mode_t modes[] = {0444, 0200, 0, 0777, 0640};
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        char name[] = {(char)('a' + i), '\0'};
        struct pc_layout_wish wish = {.choice = PC_LAYOUT_PRESERVE, .source = source};
        int fd = create(lustre, name, modes[i], wish);
        CHECK_EQUAL(0, outcome.error);
        CHECK_EQUAL(0, outcome.differs);
        CHECK_EQUAL(modes[i], status_of(lustre, name).st_mode & 07777);
        CHECK_EQUAL(4, write(fd, "data", 4));
        close(fd);
        CHECK(fchmodat(lustre, name, 0400, 0) == 0);
        CHECK_EQUAL(0, differences(&wanted, lustre, name));
    }
}

static void a_mode_that_cannot_be_restored_fails(void)
{
    begin();
    struct layout wanted = plain_layout(RAID0, 2 * MIB, 3, ANYWHERE, NULL);
    make_laid_out(lustre, "source", &wanted);
    int source = openat(lustre, "source", O_RDONLY | O_CLOEXEC), descriptors = count_descriptors();
    fault[FAULT_FCHMOD] = (struct fault){.times = 1, .error = EIO};
    struct pc_layout_wish wish = {.choice = PC_LAYOUT_PRESERVE, .source = source};
    CHECK_EQUAL(-EIO, create(lustre, "copy", 0444, wish));
    CHECK(!is_there(lustre, "copy"));
    CHECK_EQUAL(descriptors, count_descriptors());
}

static void a_name_that_is_taken_is_left_alone(void)
{
    begin();
    struct layout wanted = plain_layout(RAID0, 2 * MIB, 3, ANYWHERE, NULL);
    make_laid_out(lustre, "source", &wanted);
    int source = openat(lustre, "source", O_RDONLY | O_CLOEXEC);
    make_file(lustre, "file", 10);
    CHECK(symlinkat("elsewhere", lustre, "link") == 0);
    const struct pc_layout_wish wishes[] = {
        {.choice = PC_LAYOUT_INHERIT},
        {.choice = PC_LAYOUT_PRESERVE, .source = source},
        {.choice = PC_LAYOUT_AUTO, .bytes = 10},
    };
    for (size_t i = 0; i < 3; i++) {
        CHECK_EQUAL(-EEXIST, create(lustre, "file", 0644, wishes[i]));
        CHECK_EQUAL(-EEXIST, create(lustre, "link", 0644, wishes[i]));
    }
    CHECK_EQUAL(10, status_of(lustre, "file").st_size);
    CHECK(!is_there(lustre, "elsewhere"));
    CHECK_EQUAL(-ENOENT, create(lustre, "missing/file", 0644, wishes[1]));
}

static void what_inherits_costs_one_call(void)
{
    begin();
    CHECK_EQUAL(PC_LAYOUT_INHERIT, pc_layout_choice_between(PC_LAYOUT_INHERIT, lustre, lustre));
    CHECK_EQUAL(PC_LAYOUT_INHERIT, pc_layout_choice_between(PC_LAYOUT_PRESERVE, here, lustre));
    CHECK_EQUAL(PC_LAYOUT_INHERIT, pc_layout_choice_between(PC_LAYOUT_PRESERVE, lustre, here));
    CHECK_EQUAL(PC_LAYOUT_INHERIT, pc_layout_choice_between(PC_LAYOUT_AUTO, lustre, here));
    CHECK_EQUAL(PC_LAYOUT_AUTO, pc_layout_choice_between(PC_LAYOUT_AUTO, here, lustre));
    CHECK_EQUAL(PC_LAYOUT_PRESERVE, pc_layout_choice_between(PC_LAYOUT_PRESERVE, lustre, lustre));
    fault_clear();
    int fd = create(here, "file", 0444, (struct pc_layout_wish){.choice = PC_LAYOUT_INHERIT});
    CHECK_EQUAL(1, fault[FAULT_OPENAT].calls);
    CHECK_EQUAL(0, fault[FAULT_FCHMOD].calls + fault[FAULT_CLOSE].calls + fault[FAULT_IOCTL].calls);
    CHECK_EQUAL(0, outcome.error);
    CHECK_EQUAL(0, outcome.differs);
    CHECK(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    CHECK_EQUAL(0444, status_of(here, "file").st_mode & 07777);
    CHECK_EQUAL(4, write(fd, "data", 4));
}

/* ---- by size ---- */

static void stripes_grow_with_the_root_of_the_size(void)
{
    static const uint64_t gib = 1 << 30;
    CHECK_EQUAL(1, pc_stripes_for(0));
    CHECK_EQUAL(1, pc_stripes_for(gib - 1));
    CHECK_EQUAL(2, pc_stripes_for(gib));
    CHECK_EQUAL(2, pc_stripes_for(4 * gib - 1));
    CHECK_EQUAL(3, pc_stripes_for(4 * gib));
    CHECK_EQUAL(33, pc_stripes_for(1024 * gib));
    CHECK_EQUAL(2000, pc_stripes_for(UINT64_MAX));
}

static void a_file_is_striped_by_its_size(void)
{
    begin();
    struct layout wide = plain_layout(RAID0, 4 * MIB, 4, ANYWHERE, NULL);
    set_default(lustre, &wide);
    static const struct {
        uint64_t bytes;
        int stripes;
    } files[] = {{0, 1}, {5ull << 30, 3}, {1ull << 40, 4}}; /* there are four OSTs */
    for (size_t i = 0; i < 3; i++) {
        struct pc_layout_wish wish = {.choice = PC_LAYOUT_AUTO, .bytes = files[i].bytes};
        int fd = create(lustre, "file", 0644, wish);
        CHECK_EQUAL(0, outcome.error);
        CHECK_EQUAL(0, outcome.differs);
        CHECK_EQUAL(4, write(fd, "data", 4));
        CHECK_EQUAL(files[i].stripes, pc_lov_component(layout_of(lustre, "file").value, 0).stripe_count);
        CHECK(close(fd) == 0 && unlinkat(lustre, "file", 0) == 0);
    }
    make_trouble("eager");
    close(create(lustre, "file", 0644, (struct pc_layout_wish){.choice = PC_LAYOUT_AUTO, .bytes = 1}));
    CHECK_EQUAL(PC_LOV_STRIPE_COUNT, outcome.differs); /* more than wanted */
}

/* ---- boundaries of ranges ---- */

static void a_file_is_cut_as_it_is_laid_out(void)
{
    begin();
    struct layout wanted = progressive_layout();
    make_laid_out(lustre, "file", &wanted);
    int fd = openat(lustre, "file", O_RDONLY | O_CLOEXEC);
    struct pc_range_boundaries cuts = pc_layout_boundaries(fd);
    CHECK_EQUAL((1 << 30) + 4 * MIB, pc_next_cut(&cuts, (1 << 30) + 1));
    make_file(here, "elsewhere", 1);
    cuts = pc_layout_boundaries(openat(here, "elsewhere", O_RDONLY | O_CLOEXEC));
    CHECK_EQUAL(0, cuts.count);
    CHECK_EQUAL(12345, pc_next_cut(&cuts, 12345));
}

/* ---- directories ---- */

static void a_default_is_copied(void)
{
    begin();
    const struct layout wanted[] = {
        plain_layout(RAID0, 2 * MIB, 3, 0, NULL),
        plain_layout(RAID0, 0, 0xffff, ANYWHERE, "flash"),
        progressive_layout(),
        dom_layout(),
    };
    int source = make_directory(lustre, "source");
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        set_default(source, &wanted[i]);
        int target = make_directory(lustre, "target");
        outcome = pc_copy_default_layout(source, target, false);
        CHECK_EQUAL(0, outcome.error);
        CHECK_EQUAL(0, outcome.differs);
        struct layout present = layout_of(lustre, "target"), expected = wanted[i];
        pc_lov_renew(expected.value);
        CHECK_EQUAL(expected.bytes, present.bytes);
        CHECK(memcmp(expected.value, present.value, present.bytes) == 0);
        make_file(target, "file", 10);
        CHECK_EQUAL(0, differences(&wanted[i], target, "file") & ~(uint32_t)PC_LOV_STRIPE_SIZE);
        CHECK(unlinkat(target, "file", 0) == 0 && unlinkat(lustre, "target", AT_REMOVEDIR) == 0);
    }
}

static void a_default_that_is_there_already_is_not_set_again(void)
{
    begin();
    struct layout wanted = plain_layout(RAID0, 2 * MIB, 3, ANYWHERE, NULL);
    set_default(lustre, &wanted);
    int source = make_directory(lustre, "source"), target = make_directory(lustre, "target");
    make_trouble("forbidden");
    outcome = pc_copy_default_layout(source, target, false);
    CHECK_EQUAL(0, outcome.error);
    wanted = plain_layout(RAID0, 4 * MIB, 3, ANYWHERE, NULL);
    make_trouble(NULL);
    set_default(source, &wanted);
    make_trouble("forbidden");
    outcome = pc_copy_default_layout(source, target, false);
    CHECK_EQUAL(EACCES, outcome.error);
    make_trouble("silent");
    outcome = pc_copy_default_layout(source, target, false);
    CHECK_EQUAL(0, outcome.error);
    CHECK_EQUAL(PC_LOV_STRIPE_SIZE, outcome.differs);
}

static void a_default_that_the_source_lacks_goes_only_if_asked_to(void)
{
    begin();
    int source = make_directory(lustre, "source"), target = make_directory(lustre, "target");
    struct layout own = plain_layout(RAID0, 2 * MIB, 3, ANYWHERE, NULL);
    set_default(target, &own);
    outcome = pc_copy_default_layout(source, target, false);
    CHECK_EQUAL(0, outcome.error);
    CHECK(has_layout(lustre, "target"));
    for (int i = 0; i < 2; i++) { /* the second time there is nothing to remove */
        outcome = pc_copy_default_layout(source, target, true);
        CHECK_EQUAL(0, outcome.error);
        CHECK_EQUAL(0, outcome.differs);
        CHECK(!has_layout(lustre, "target"));
    }
}

static void a_default_needs_lustre_at_both_ends(void)
{
    begin();
    struct layout own = plain_layout(RAID0, 2 * MIB, 3, ANYWHERE, NULL);
    int directory = make_directory(lustre, "directory"), elsewhere = make_directory(here, "elsewhere");
    set_default(directory, &own);
    CHECK_EQUAL(EOPNOTSUPP, pc_copy_default_layout(directory, elsewhere, false).error);
    CHECK_EQUAL(EOPNOTSUPP, pc_copy_default_layout(elsewhere, directory, true).error);
    CHECK(has_layout(lustre, "directory"));
}

static void a_default_is_preserved_as_the_context_says(void)
{
    begin();
    struct layout own = plain_layout(RAID0, 2 * MIB, 3, ANYWHERE, NULL);
    int source = make_directory(lustre, "source"), target = make_directory(lustre, "target");
    int elsewhere = make_directory(here, "elsewhere");
    set_default(source, &own);
    struct pc_context context = {.preserve = UINT32_MAX, .layout = PC_LAYOUT_INHERIT};
    struct pc_loss loss = {.context = &context};
    pc_preserve_default_layout(source, target, true, &loss);
    CHECK(!has_layout(lustre, "target"));
    CHECK_EQUAL(0, loss.failure);
    context.layout = PC_LAYOUT_PRESERVE;
    pc_preserve_default_layout(source, target, true, &loss);
    CHECK(has_layout(lustre, "target"));
    CHECK_EQUAL(0, context.not_preserved[PC_LAYOUT]);
    pc_preserve_default_layout(source, elsewhere, true, &loss);
    CHECK_EQUAL(1, context.not_preserved[PC_LAYOUT]);
}

static void the_library_copies_defaults_that_are_not_known_here(void)
{
    begin();
    struct layout wanted = plain_layout(RAID0, 2 * MIB, 3, 0, NULL);
    set32(&wanted, 0, LAYOUT_OF_A_LATER_KIND);
    int source = make_directory(lustre, "source"), target = make_directory(lustre, "target");
    set_default(source, &wanted);
    install_library(217);
    outcome = pc_copy_default_layout(source, target, false);
    CHECK_EQUAL(0, outcome.error);
    CHECK_EQUAL(0, outcome.differs);
    set16(&wanted, 30, ANYWHERE);
    CHECK(memcmp(wanted.value, layout_of(lustre, "target").value, wanted.bytes) == 0);
}

/* ---- attributes ---- */

static void attributes_of_lustre_are_known_by_name(void)
{
    static const char *const theirs[] = {
        "lustre.lov", "lustre.anything", "trusted.lov", "trusted.lma", "trusted.lmv", "trusted.dmv", "trusted.link",
        "trusted.fid", "trusted.som", "trusted.hsm", "trusted.version",
    };
    static const char *const not_theirs[] = {
        "trusted.lo", "trusted.lovely", "trusted.overlay.opaque", "user.lov", "user.lustre.lov", "lustre", "trusted.",
        "security.selinux", "",
    };
    for (size_t i = 0; i < sizeof theirs / sizeof theirs[0]; i++)
        CHECK(pc_is_layout_attribute(theirs[i]));
    for (size_t i = 0; i < sizeof not_theirs / sizeof not_theirs[0]; i++)
        CHECK(!pc_is_layout_attribute(not_theirs[i]));
}

static void lustre_is_told_from_others(void)
{
    begin();
    CHECK(pc_is_lustre(lustre));
    CHECK(pc_is_lustre(make_directory(lustre, "beneath")));
    CHECK(!pc_is_lustre(here));
    CHECK(!pc_is_lustre(-1));
}

static const struct test_case cases[] = {
    {"a layout is preserved", a_layout_is_preserved},
    {"copies do not pile up where the source is", copies_do_not_pile_up_where_the_source_is},
    {"a copy of a released file is not released", a_copy_of_a_released_file_is_not_released},
    {"a source without a layout leaves the choice to the directory",
     a_source_without_a_layout_leaves_the_choice_to_the_directory},
    {"what the file system cannot give is told", what_the_file_system_cannot_give_is_told},
    {"a layout that Lustre ignores is noticed", a_layout_that_lustre_ignores_is_noticed},
    {"where layouts are forbidden files have the usual one", where_layouts_are_forbidden_files_have_the_usual_one},
    {"a damaged or foreign layout is told and left", a_damaged_or_foreign_layout_is_told_and_left},
    {"the library copies what is not known here", the_library_copies_what_is_not_known_here},
    {"without the library what is not known is told", without_the_library_what_is_not_known_is_told},
    {"what is not on Lustre gets no layout", what_is_not_on_lustre_gets_no_layout},
    {"a mode that shuts its owner out is preserved", a_mode_that_shuts_its_owner_out_is_preserved},
    {"a mode that cannot be restored fails", a_mode_that_cannot_be_restored_fails},
    {"a name that is taken is left alone", a_name_that_is_taken_is_left_alone},
    {"what inherits costs one call", what_inherits_costs_one_call},
    {"stripes grow with the root of the size", stripes_grow_with_the_root_of_the_size},
    {"a file is striped by its size", a_file_is_striped_by_its_size},
    {"a file is cut as it is laid out", a_file_is_cut_as_it_is_laid_out},
    {"a default is copied", a_default_is_copied},
    {"a default that is there already is not set again", a_default_that_is_there_already_is_not_set_again},
    {"a default that the source lacks goes only if asked to", a_default_that_the_source_lacks_goes_only_if_asked_to},
    {"a default needs Lustre at both ends", a_default_needs_lustre_at_both_ends},
    {"a default is preserved as the context says", a_default_is_preserved_as_the_context_says},
    {"the library copies defaults that are not known here", the_library_copies_defaults_that_are_not_known_here},
    {"attributes of Lustre are known by name", attributes_of_lustre_are_known_by_name},
    {"Lustre is told from others", lustre_is_told_from_others},
};

int main(void)
{
    return TEST_RUN(cases);
}
