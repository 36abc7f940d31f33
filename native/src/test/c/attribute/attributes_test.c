#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "attribute/attributes.h"
#include "attribute/mode.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

static int open_here(const char *name)
{
    int fd = openat(here, name, O_RDONLY | O_CLOEXEC);
    CHECK(fd >= 0);
    return fd;
}

static struct pc_present present_of(const char *name)
{
    struct stat status = status_of(here, name);
    return pc_present(&status);
}

/* A record like that of "file", with another owner and mode. */
static struct pc_entry *wanted(uid_t uid, gid_t gid, mode_t mode)
{
    struct pc_entry *entry = record_of(here, "file");
    entry->uid = uid;
    entry->gid = gid;
    entry->mode = (entry->mode & S_IFMT) | mode;
    return entry;
}

/* The attributes that could not be preserved are in the context afterwards. */
static int set_all(int fd, const struct pc_entry *entry, struct pc_present present, struct pc_context *context)
{
    struct pc_xattrs none = pc_no_xattrs();
    struct pc_loss loss = {.context = context};
    int result = pc_set_attributes(pc_handle_of(fd), entry, &none, present, &loss);
    result = result < 0 ? result : pc_set_times(fd, NULL, entry, &loss);
    context->loss = loss.failure;
    return result;
}

static int set(const struct pc_entry *entry, struct pc_context *context)
{
    int fd = open_here("file");
    int result = set_all(fd, entry, present_of("file"), context);
    close(fd);
    return result;
}

static void a_mode_survives_if_the_remembered_umask_spares_it(void)
{
    CHECK(!pc_mode_survives(0644)); /* nothing cached yet: nothing is assumed */
    pc_umask(0);
    CHECK(pc_mode_survives(0777));
    CHECK_EQUAL(0, pc_umask(027));
    CHECK(pc_mode_survives(0750));
    CHECK(!pc_mode_survives(0751));
    CHECK(!pc_mode_survives(0770));
    CHECK_EQUAL(027, pc_umask(0));
}

static void mode_and_times_are_set_to_the_last_nanosecond(void)
{
    static const int64_t seconds[] = {-2000000000, -1, 0, 1, 1700000000, 4000000000};
    make_file(here, "file", 10);
    for (size_t i = 0; i < sizeof seconds / sizeof seconds[0]; i++) {
        struct pc_context context = context_for(PC_BUFFERED);
        struct pc_entry *entry = wanted(geteuid(), getegid(), 01751);
        entry->mtime_s = seconds[i];
        entry->mtime_ns = 999999999;
        entry->atime_s = seconds[i] + 1;
        entry->atime_ns = 1;
        CHECK_EQUAL(0, set(entry, &context));
        struct stat status = status_of(here, "file");
        CHECK_EQUAL(01751, status.st_mode & 07777);
        CHECK_EQUAL(seconds[i], status.st_mtim.tv_sec);
        CHECK_EQUAL(999999999, status.st_mtim.tv_nsec);
        CHECK_EQUAL(seconds[i] + 1, status.st_atim.tv_sec);
        CHECK_EQUAL(1, status.st_atim.tv_nsec);
    }
}

static void what_is_right_is_left_alone(void)
{
    make_file(here, "file", 10);
    struct pc_context context = {.preserve = PC_PRESERVE_MODE | PC_PRESERVE_OWNERSHIP};
    fault_clear();
    CHECK_EQUAL(0, set(record_of(here, "file"), &context));
    CHECK_EQUAL(0, fault[FAULT_FCHOWNAT].calls);
    CHECK_EQUAL(0, fault[FAULT_FCHMOD].calls);
    CHECK_EQUAL(0, fault[FAULT_FUTIMENS].calls);
}

static void what_is_not_to_be_preserved_is_not_set(void)
{
    make_file(here, "file", 10);
    set_mtime(here, "file", 1000, 1);
    struct pc_context context = {0};
    struct pc_entry *entry = wanted(12345, 12345, 06644); /* the target mode, but for these bits */
    entry->mtime_s = 5000;
    CHECK_EQUAL(0, set(entry, &context));
    struct stat status = status_of(here, "file");
    CHECK_EQUAL(0644, status.st_mode & 07777);
    CHECK_EQUAL(1000, status.st_mtim.tv_sec);
    CHECK_EQUAL(geteuid(), status.st_uid);
}

static void the_owner_is_set_before_the_mode(void)
{
    test_needs_root();
    make_file(here, "file", 10);
    struct pc_context context = {.preserve = PC_PRESERVE_MODE | PC_PRESERVE_OWNERSHIP};
    CHECK_EQUAL(0, set(wanted(12345, 54321, 06755), &context));
    struct stat status = status_of(here, "file");
    CHECK_EQUAL(12345, status.st_uid);
    CHECK_EQUAL(54321, status.st_gid);
    CHECK_EQUAL(06755, status.st_mode & 07777);

    /* chown clears the existing bits */
    CHECK_EQUAL(0, set(wanted(12346, 54321, 06755), &context));
    CHECK_EQUAL(06755, status_of(here, "file").st_mode & 07777);
}

static void setuid_needs_its_owner(void)
{
    test_needs_root();
    make_file(here, "file", 10);
    struct pc_context context = {.preserve = PC_PRESERVE_MODE};
    CHECK_EQUAL(0, set(wanted(12345, getegid(), 06755), &context));
    CHECK_EQUAL(0755, status_of(here, "file").st_mode & 07777);
    CHECK_EQUAL(0, set(wanted(geteuid(), 12345, 06755), &context));
    CHECK_EQUAL(0755, status_of(here, "file").st_mode & 07777);
    CHECK_EQUAL(0, set(wanted(geteuid(), getegid(), 06755), &context));
    CHECK_EQUAL(06755, status_of(here, "file").st_mode & 07777);
}

static void an_owner_that_may_not_be_set_is_counted_and_costs_set_id_bits(void)
{
    test_become_user();
    make_file(here, "file", 10);
    struct pc_context context = {.preserve = PC_PRESERVE_MODE | PC_PRESERVE_OWNERSHIP};
    CHECK_EQUAL(0, set(wanted(1, 1, 04755), &context));
    CHECK_EQUAL(1, context.not_preserved[PC_OWNERSHIP]);
    CHECK_EQUAL(0, context.loss);
    CHECK_EQUAL(0755, status_of(here, "file").st_mode & 07777);
}

static void a_required_attribute_that_is_rejected_is_a_failure(void)
{
    test_become_user();
    make_file(here, "file", 10);
    struct pc_context context = {.preserve = PC_PRESERVE_OWNERSHIP, .required = PC_PRESERVE_OWNERSHIP};
    CHECK_EQUAL(0, set(wanted(1, 1, 0644), &context));
    CHECK_EQUAL(1, context.not_preserved[PC_OWNERSHIP]);
    CHECK_EQUAL(pc_failed(PC_NOT_PRESERVED_OWNERSHIP, EPERM), context.loss);
}

static void modes_and_times_may_be_rejected_too(void)
{
    make_file(here, "file", 10);
    struct pc_context context = context_for(PC_BUFFERED);
    fault[FAULT_FCHMOD] = fault[FAULT_FUTIMENS] = (struct fault){.times = 1, .error = EPERM};
    CHECK_EQUAL(0, set(wanted(geteuid(), getegid(), 0600), &context));
    CHECK_EQUAL(1, context.not_preserved[PC_MODE]);
    CHECK_EQUAL(1, context.not_preserved[PC_TIMESTAMPS]);
}

static void an_owner_is_let_in(void)
{
    int dir = make_directory(here, "directory");
    CHECK(fchmod(dir, 01050) == 0);
    CHECK_EQUAL(1 + 01050, pc_let_owner_fill(here, "directory"));
    CHECK_EQUAL(01750, status_of(here, "directory").st_mode & 07777);
    CHECK_EQUAL(0, pc_let_owner_fill(here, "directory"));
    CHECK_EQUAL(0, pc_close_to_owner(here, "directory", 0));
    CHECK_EQUAL(01750, status_of(here, "directory").st_mode & 07777);
    CHECK_EQUAL(0, pc_close_to_owner(here, "directory", 1 + 01050));
    CHECK_EQUAL(01050, status_of(here, "directory").st_mode & 07777);
    CHECK_EQUAL(-ENOENT, pc_close_to_owner(here, "missing", 1));
    close(dir);
    make_file(here, "file", 1);
    CHECK_EQUAL(-ENOTDIR, pc_let_owner_fill(here, "file"));
    CHECK(symlinkat("directory", here, "link") == 0);
    CHECK(pc_let_owner_fill(here, "link") < 0);
}

static void a_directory_that_inherits_its_group_does_so_unless_modes_are_preserved(void)
{
    int dir = make_directory(here, "directory");
    CHECK(fchmod(dir, 02700) == 0);
    struct pc_entry *entry = record_of(here, "directory");
    entry->mode = S_IFDIR | 0775;
    struct pc_context context = {0};
    CHECK_EQUAL(0, set_all(dir, entry, present_of("directory"), &context));
    CHECK_EQUAL(02775, status_of(here, "directory").st_mode & 07777);
    context.preserve = PC_PRESERVE_MODE;
    CHECK_EQUAL(0, set_all(dir, entry, present_of("directory"), &context));
    CHECK_EQUAL(0775, status_of(here, "directory").st_mode & 07777);
    close(dir);
}

static void a_link_gets_its_own_times(void)
{
    make_file(here, "file", 10);
    set_mtime(here, "file", 1000, 1);
    CHECK(symlinkat("file", here, "link") == 0);
    struct pc_entry *entry = record_of(here, "link");
    entry->mtime_s = 77;
    struct pc_context context = context_for(PC_BUFFERED);
    CHECK_EQUAL(0, pc_set_times(here, "link", entry, &(struct pc_loss){.context = &context}));
    CHECK_EQUAL(77, status_of(here, "link").st_mtim.tv_sec);
    CHECK_EQUAL(1000, status_of(here, "file").st_mtim.tv_sec);
}

static void what_failed_is_named(void)
{
    static const struct {
        enum fault_call call;
        enum pc_operation operation;
    } calls[] = {{FAULT_FCHOWNAT, PC_CHOWN}, {FAULT_FCHMOD, PC_CHMOD}, {FAULT_FUTIMENS, PC_UTIMENS}};
    make_file(here, "file", 10);
    struct pc_context context = {.preserve = PC_PRESERVE_MODE | PC_PRESERVE_OWNERSHIP | PC_PRESERVE_TIMESTAMPS};
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        fault[calls[i].call] = (struct fault){.times = 1, .error = EIO};
        struct pc_entry *entry = wanted(geteuid() + (calls[i].operation == PC_CHOWN), getegid(), 0600);
        CHECK_EQUAL(pc_failed(calls[i].operation, EIO), set(entry, &context));
    }
}

static void an_interrupted_call_is_tried_again(void)
{
    make_file(here, "file", 10);
    struct pc_context context = context_for(PC_BUFFERED);
    fault[FAULT_FCHMOD] = fault[FAULT_FUTIMENS] = (struct fault){.times = 2, .error = EINTR};
    struct pc_entry *entry = wanted(geteuid(), getegid(), 0600);
    entry->mtime_s = 99;
    CHECK_EQUAL(0, set(entry, &context));
    CHECK_EQUAL(0600, status_of(here, "file").st_mode & 07777);
    CHECK_EQUAL(99, status_of(here, "file").st_mtim.tv_sec);
}

static const struct test_case cases[] = {
    {"a mode survives if the remembered umask spares it", a_mode_survives_if_the_remembered_umask_spares_it},
    {"mode and times are set, to the last nanosecond", mode_and_times_are_set_to_the_last_nanosecond},
    {"what is right is left alone", what_is_right_is_left_alone},
    {"what is not to be preserved is not set", what_is_not_to_be_preserved_is_not_set},
    {"the owner is set before the mode", the_owner_is_set_before_the_mode},
    {"setuid needs its owner", setuid_needs_its_owner},
    {"an owner that may not be set is counted and costs set-id bits",
     an_owner_that_may_not_be_set_is_counted_and_costs_set_id_bits},
    {"a required attribute that is rejected is a failure", a_required_attribute_that_is_rejected_is_a_failure},
    {"modes and times may be rejected too", modes_and_times_may_be_rejected_too},
    {"an owner is let in", an_owner_is_let_in},
    {"a directory that inherits its group does so unless modes are preserved",
     a_directory_that_inherits_its_group_does_so_unless_modes_are_preserved},
    {"a link gets its own times", a_link_gets_its_own_times},
    {"what failed is named", what_failed_is_named},
    {"an interrupted call is tried again", an_interrupted_call_is_tried_again},
};

int main(void)
{
    return TEST_RUN(cases);
}
