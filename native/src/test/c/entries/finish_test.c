#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "attribute/xattr.h"
#include "entries/finish.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

static struct pc_context context;
static struct pc_entry *entry;

/* A source with its record, and its data under a temporary name, as createFile leaves it. */
static void begin(void)
{
    make_file(here, "source", 5000);
    CHECK(fchmodat(here, "source", 0640, 0) == 0);
    set_mtime(here, "source", -123456789, 987654321);
    entry = record_of(here, "source");
    make_file(here, "temporary", 5000);
    CHECK(fchmodat(here, "temporary", 0600, 0) == 0);
    context = context_for(PC_BUFFERED);
}

static int finish(void)
{
    return pc_finish_file(here, here, entry, "temporary", "final", &(struct pc_loss){.context = &context});
}

static void check_finished(void)
{
    struct stat status = status_of(here, "final");
    CHECK_EQUAL(S_IFREG | 0640, status.st_mode);
    CHECK_EQUAL(-123456789, status.st_mtim.tv_sec);
    CHECK_EQUAL(987654321, status.st_mtim.tv_nsec);
    CHECK_EQUAL(-123456788, status.st_atim.tv_sec);
    CHECK_EQUAL(1, status.st_nlink);
    CHECK(!is_there(here, "temporary"));
}

static void a_file_gets_its_attributes_and_its_name(void)
{
    begin();
    CHECK_EQUAL(0, finish());
    check_finished();
}

static void a_changed_source_is_said_before_anything_is_touched(void)
{
    begin();
    set_mtime(here, "source", -123456789, 987654322);
    CHECK_EQUAL(1, finish());
    CHECK_EQUAL(0600, status_of(here, "temporary").st_mode & 07777);
    CHECK(!is_there(here, "final"));

    context.accept_changed = 1;
    CHECK_EQUAL(0, finish());
    check_finished(); /* with the time of the record */
}

static void a_source_that_became_something_else_has_changed(void)
{
    begin();
    CHECK(unlinkat(here, "source", 0) == 0);
    CHECK(mkfifoat(here, "source", 0600) == 0);
    set_mtime(here, "source", -123456789, 987654321);
    entry->size = 0; /* even if size and time are the same */
    CHECK_EQUAL(1, finish());
}

static void a_source_that_vanished_is_an_error(void)
{
    begin();
    CHECK(unlinkat(here, "source", 0) == 0);
    CHECK_EQUAL(pc_failed(PC_STAT, ENOENT), finish());
    CHECK(is_there(here, "temporary"));
}

static void an_existing_name_is_never_replaced(void)
{
    begin();
    make_file(here, "final", 7);
    static const int how[] = {0, EINVAL, ENOSYS}; /* RENAME_NOREPLACE, and its replacements */
    for (size_t i = 0; i < sizeof how / sizeof how[0]; i++) {
        fault[FAULT_RENAMEAT2] = (struct fault){.times = how[i] ? INT_MAX : 0, .error = how[i]};
        fault[FAULT_LINKAT] = (struct fault){.times = how[i] == ENOSYS ? INT_MAX : 0, .error = EPERM};
        CHECK_EQUAL(pc_failed(PC_RENAME, EEXIST), finish());
        CHECK_EQUAL(7, status_of(here, "final").st_size);
        CHECK(is_there(here, "temporary"));
    }
}

static void without_a_careful_rename_a_link_serves(void)
{
    begin();
    fault[FAULT_RENAMEAT2] = (struct fault){.times = 1, .error = EINVAL};
    CHECK_EQUAL(0, finish());
    CHECK_EQUAL(1, fault[FAULT_LINKAT].calls);
    check_finished();
}

static void without_links_a_look_must_do(void)
{
    begin();
    fault[FAULT_RENAMEAT2] = (struct fault){.times = 1, .error = ENOSYS};
    fault[FAULT_LINKAT] = (struct fault){.times = 1, .error = EPERM};
    CHECK_EQUAL(0, finish());
    check_finished();
}

static void a_temporary_name_that_is_no_file_is_refused(void)
{
    begin();
    CHECK(unlinkat(here, "temporary", 0) == 0);
    CHECK_EQUAL(pc_failed(PC_CREATE, ENOENT), finish());
    CHECK(symlinkat("source", here, "temporary") == 0);
    CHECK(pc_failed_with(finish(), ELOOP));
    CHECK(unlinkat(here, "temporary", 0) == 0);
    CHECK(mkfifoat(here, "temporary", 0600) == 0);
    CHECK(pc_failed_with(finish(), ESTALE));
}

static void a_file_that_was_finished_but_for_its_name_is_finished_again(void)
{
    test_become_user();
    begin();
    entry->mode = S_IFREG | 0444;
    fault[FAULT_RENAMEAT2] = (struct fault){.times = 1, .error = EIO};
    CHECK_EQUAL(pc_failed(PC_RENAME, EIO), finish());
    CHECK_EQUAL(0444, status_of(here, "temporary").st_mode & 07777);
    CHECK_EQUAL(0, finish());
    CHECK(is_there(here, "final"));
}

static void attributes_that_cannot_be_set_are_an_error(void)
{
    begin();
    fault[FAULT_FUTIMENS] = (struct fault){.times = 1, .error = EIO};
    CHECK_EQUAL(pc_failed(PC_UTIMENS, EIO), finish());
    CHECK(!is_there(here, "final"));
}

static void no_descriptor_is_left_open(void)
{
    begin();
    int descriptors = count_descriptors();
    fault[FAULT_FCHMOD] = (struct fault){.times = 1, .error = EIO};
    CHECK(pc_failed_with(finish(), EIO));
    CHECK_EQUAL(0, finish());
    CHECK_EQUAL(descriptors, count_descriptors());
}

static void a_directory_gets_its_attributes(void)
{
    close(make_directory(here, "source"));
    CHECK(fchmodat(here, "source", 0511, 0) == 0);
    set_mtime(here, "source", 1234567890, 1);
    int dir = make_directory(here, "target");
    make_file(dir, "file", 1);
    context = context_for(PC_BUFFERED);
    struct pc_loss loss = {.context = &context};
    CHECK_EQUAL(0, pc_finish_directory(PC_NO_FILE, dir, record_of(here, "source"), &loss));
    close(dir);
    struct stat status = status_of(here, "target");
    CHECK_EQUAL(S_IFDIR | 0511, status.st_mode);
    CHECK_EQUAL(1234567890, status.st_mtim.tv_sec);
    CHECK_EQUAL(1, status.st_mtim.tv_nsec);
}

static void a_directory_gets_owner_and_setgid(void)
{
    test_needs_root();
    close(make_directory(here, "source"));
    CHECK(fchownat(here, "source", 12345, 54321, 0) == 0);
    CHECK(fchmodat(here, "source", 03775, 0) == 0);
    int dir = make_directory(here, "target");
    context = context_for(PC_BUFFERED);
    struct pc_loss loss = {.context = &context};
    CHECK_EQUAL(0, pc_finish_directory(PC_NO_FILE, dir, record_of(here, "source"), &loss));
    CHECK_EQUAL(S_IFDIR | 01775, status_of(here, "target").st_mode);
    context.preserve |= PC_PRESERVE_OWNERSHIP;
    loss = (struct pc_loss){.context = &context};
    CHECK_EQUAL(0, pc_finish_directory(PC_NO_FILE, dir, record_of(here, "source"), &loss));
    close(dir);
    struct stat status = status_of(here, "target");
    CHECK_EQUAL(S_IFDIR | 03775, status.st_mode);
    CHECK_EQUAL(12345, status.st_uid);
    CHECK_EQUAL(54321, status.st_gid);
}

static const struct test_case cases[] = {
    {"a file gets its attributes and its name", a_file_gets_its_attributes_and_its_name},
    {"a changed source is said before anything is touched", a_changed_source_is_said_before_anything_is_touched},
    {"a source that became something else has changed", a_source_that_became_something_else_has_changed},
    {"a source that vanished is an error", a_source_that_vanished_is_an_error},
    {"an existing name is never replaced", an_existing_name_is_never_replaced},
    {"without a careful rename a link serves", without_a_careful_rename_a_link_serves},
    {"without links a look must do", without_links_a_look_must_do},
    {"a temporary name that is no file is refused", a_temporary_name_that_is_no_file_is_refused},
    {"a file that was finished but for its name is finished again",
     a_file_that_was_finished_but_for_its_name_is_finished_again},
    {"attributes that cannot be set are an error", attributes_that_cannot_be_set_are_an_error},
    {"no descriptor is left open", no_descriptor_is_left_open},
    {"a directory gets its attributes", a_directory_gets_its_attributes},
    {"a directory gets owner and setgid", a_directory_gets_owner_and_setgid},
};

int main(void)
{
    return TEST_RUN(cases);
}
