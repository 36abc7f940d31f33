#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "attribute/attributes.h"
#include "attribute/mode.h"
#include "support/batches.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"
#include "sys/full_io.h"

/* ---- content and attributes ---- */

static void a_file_is_copied_with_mode_and_times(void)
{
    static const mode_t modes[] = {0, 0200, 0400, 0444, 0555, 0640, 0644, 0666, 0755, 0777, 01644};
    begin_batch();
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        char name[] = {(char)('a' + i), '\0'};
        make_file(source_dir, name, 1000 * i);
        CHECK(fchmodat(source_dir, name, modes[i], 0) == 0);
        set_mtime(source_dir, name, i % 2 ? -1000000007 : 1700000007, 987654321);
        if (geteuid() != 0 && !(modes[i] & 0400))
            continue; /* cannot be read */
        struct stat before = status_of(source_dir, name);
        check_outcome(copy_one(name), PC_DONE);
        CHECK(is_same_time(before.st_atim, status_of(target_dir, name).st_atim));
        check_copied(name);
    }
}

static void the_bytes_of_files_are_counted(void)
{
    begin_batch();
    make_file(source_dir, "file", 1234);
    make_sparse(source_dir, "holes", "..x..", 0);
    copy_one("file");
    copy_one("holes");
    CHECK_EQUAL(1234 + 5 * 65536, context.bytes);
    CHECK(strcmp("..x..", map_of(target_dir, "holes")) == 0);
}

static void a_small_file_takes_eight_system_calls(void)
{
    begin_batch();
    make_file(source_dir, "file", 4096);
    struct pc_entry *entry = record_of(source_dir, "file");
    fault_clear();
    CHECK_EQUAL(0, copy_record(entry));
    int fstats = 1; /* the one that is not counted here */
    int calls = fstats;
    for (int i = 0; i < FAULT_CALLS; i++)
        calls += fault[i].calls;
    CHECK_EQUAL(8, calls);
}

static void an_existing_target_is_left_alone(void)
{
    begin_batch();
    make_file(source_dir, "file", 100);
    make_file(target_dir, "file", 7);
    check_failed(copy_one("file"), PC_CREATE, EEXIST);
    CHECK_EQUAL(7, status_of(target_dir, "file").st_size);

    make_file(source_dir, "link", 100);
    CHECK(symlinkat("elsewhere", target_dir, "link") == 0);
    check_failed(copy_one("link"), PC_CREATE, EEXIST);
    CHECK(!is_there(target_dir, "elsewhere"));
    CHECK_EQUAL(0, context.bytes);
}

/* ---- replaced sources ---- */

static void check_refused(const struct pc_entry *before, enum pc_operation operation, int error)
{
    struct pc_entry *entry = test_memory(before->record_bytes);
    memcpy(entry, before, before->record_bytes);
    CHECK_EQUAL(1, copy_record(entry));
    check_failed(entry, operation, error);
    CHECK(!is_there(target_dir, "file"));
    CHECK(unlinkat(source_dir, "file", 0) == 0 || unlinkat(source_dir, "file", AT_REMOVEDIR) == 0);
}

static void what_took_the_place_of_a_file_is_not_read(void)
{
    begin_batch();
    make_file(source_dir, "file", 100);
    struct pc_entry *entry = record_of(source_dir, "file");
    CHECK(unlinkat(source_dir, "file", 0) == 0);

    CHECK(symlinkat("/etc/passwd", source_dir, "file") == 0);
    check_refused(entry, PC_OPEN, ELOOP);
    CHECK(mkfifoat(source_dir, "file", 0666) == 0); /* a FIFO without a writer: must not be waited for */
    check_refused(entry, PC_OPEN, ESTALE);
    close(make_directory(source_dir, "file"));
    check_refused(entry, PC_OPEN, ESTALE);
}

static void a_source_that_vanished_is_an_error(void)
{
    begin_batch();
    make_file(source_dir, "file", 100);
    struct pc_entry *entry = record_of(source_dir, "file");
    CHECK(unlinkat(source_dir, "file", 0) == 0);
    CHECK_EQUAL(1, copy_record(entry));
    check_failed(entry, PC_OPEN, ENOENT);
    CHECK(!is_there(target_dir, "file"));
}

static void an_unreadable_source_is_an_error(void)
{
    test_become_user();
    begin_batch();
    make_file(source_dir, "file", 100);
    CHECK(fchmodat(source_dir, "file", 0, 0) == 0);
    check_failed(copy_one("file"), PC_OPEN, EACCES);
    CHECK(!is_there(target_dir, "file"));
}

/* ---- changing sources ---- */

static void append(void)
{
    int fd = openat(source_dir, "file", O_WRONLY | O_APPEND | O_CLOEXEC);
    CHECK(fd >= 0);
    CHECK_EQUAL(100, write(fd, test_memory(100), 100));
    close(fd);
}

static void rewrite(void)
{
    set_mtime(source_dir, "file", 2000, 0);
}

static void shorten(void)
{
    int fd = openat(source_dir, "file", O_WRONLY | O_CLOEXEC);
    CHECK(fd >= 0 && ftruncate(fd, 10) == 0);
    close(fd);
}

static void a_source_that_changed_once_is_copied_once_more(void)
{
    static void (*const changes[])(void) = {append, rewrite, shorten};
    static const size_t sizes[] = {5000, IO_BYTES + 5000};
    begin_batch();
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        for (size_t j = 0; j < sizeof sizes / sizeof sizes[0]; j++) {
            make_file(source_dir, "file", sizes[j]);
            set_mtime(source_dir, "file", 1000, 0);
            struct pc_entry *entry = record_of(source_dir, "file");
            fault_clear();
            fault[FAULT_PREAD] = (struct fault){.times = 1, .before = changes[i]};
            CHECK_EQUAL(0, copy_record(entry));
            fault_clear();
            check_outcome(entry, PC_DONE);
            check_copied("file");
            struct pc_entry *now = record_of(source_dir, "file");
            CHECK_EQUAL(now->size, entry->size);
            CHECK_EQUAL(now->mtime_s, entry->mtime_s);
            CHECK_EQUAL(now->mtime_ns, entry->mtime_ns);
            CHECK(unlinkat(source_dir, "file", 0) == 0 && unlinkat(target_dir, "file", 0) == 0);
        }
    }
}

static void a_source_that_changes_again_is_kept_with_the_time_first_seen(void)
{
    begin_batch();
    make_file(source_dir, "file", 5000);
    set_mtime(source_dir, "file", 1000, 5);
    fault[FAULT_PREAD] = (struct fault){.times = INT_MAX, .before = append};
    struct pc_entry *entry = copy_one("file");
    check_outcome(entry, PC_CHANGED);
    struct stat target = status_of(target_dir, "file");
    CHECK_EQUAL(entry->size, target.st_size);
    CHECK_EQUAL(context.bytes, target.st_size);
    CHECK_EQUAL(1000, target.st_mtim.tv_sec);
    CHECK_EQUAL(5, target.st_mtim.tv_nsec);
    CHECK_EQUAL(1000, entry->mtime_s);
}

static void append_some(void)
{
    int fd = openat(source_dir, "file", O_WRONLY | O_APPEND | O_CLOEXEC);
    CHECK_EQUAL(4, write(fd, "more", 4));
    close(fd);
}

static void a_source_that_grows_all_the_time_does_not_hang(void)
{
    begin_batch();
    make_file(source_dir, "file", 8 * MIB);
    struct pc_entry *entry = record_of(source_dir, "file");
    fault[FAULT_PREAD] = (struct fault){.times = 1000000, .before = append_some};
    fault[FAULT_COPY_FILE_RANGE] = (struct fault){.times = 1000000, .before = append_some};
    CHECK_EQUAL(1, copy_record(entry));
    check_outcome(entry, PC_CHANGED);
    CHECK(status_of(target_dir, "file").st_size > 8 * MIB);
}

/* The content of a file that the kernel generates: memory of the case. */
static char *made_up(const char *name, int64_t *bytes)
{
    char *data = test_memory(32 * MIB);
    int fd = openat(source_dir, name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        test_skip("the kernel makes up no such file");
    int32_t stop = 0;
    *bytes = pc_find_end(fd, data, MIB, 0, &stop);
    CHECK(*bytes > 0);
    for (int64_t at = 0; at < *bytes;) {
        ssize_t got = pread(fd, data + at, MIB, at);
        CHECK(got > 0);
        at += got;
    }
    close(fd);
    return data;
}

static void begin_made_up(const char *directory)
{
    source_dir = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (source_dir < 0)
        test_skip("the kernel makes up no such directory");
}

static void check_is_copied_to_its_end(const char *name, uint64_t said)
{
    int64_t bytes;
    char *data = made_up(name, &bytes);
    struct pc_entry *entry = record_of(source_dir, name);
    CHECK_EQUAL(said, entry->size);
    CHECK_EQUAL(0, copy_record(entry));
    CHECK_EQUAL(bytes, entry->size);
    CHECK_EQUAL(said, pc_entry_said(entry));
    char *copied = test_memory((size_t)bytes + 1);
    int fd = openat(target_dir, name, O_RDONLY | O_CLOEXEC);
    CHECK_EQUAL(bytes, pc_read_at(fd, copied, (size_t)bytes + 1, 0));
    CHECK(memcmp(data, copied, (size_t)bytes) == 0);
    close(fd);
    CHECK(unlinkat(target_dir, name, 0) == 0);
}

static void a_file_that_says_it_is_empty_is_read_to_its_end(void)
{
    static const enum pc_sparse sparse[] = {PC_SPARSE_AUTO, PC_SPARSE_ALWAYS, PC_SPARSE_NEVER};
    begin_batch();
    begin_made_up("/proc");
    for (int i = 0; i < 6; i++) {
        context.sparse = sparse[i % 3];
        context.method = i < 3 ? PC_AUTO : PC_BUFFERED;
        check_is_copied_to_its_end("version", 0);
        check_is_copied_to_its_end("kallsyms", 0); /* some mebibytes */
    }
    context.verify = 1;
    check_is_copied_to_its_end("version", 0);
    begin_made_up("/proc/sys/kernel"); /* whose files return all of their data at once, or nothing */
    check_is_copied_to_its_end("osrelease", 0);
}

static void a_file_that_says_more_than_it_has_is_copied_as_it_is(void)
{
    begin_batch();
    begin_made_up("/sys/kernel");
    check_is_copied_to_its_end("fscaps", 4096);
    context.in_memory = 1;
    check_is_copied_to_its_end("fscaps", 4096);
}

/* For a digest all of it must be in memory. The record has its length, for copying it in ranges. */
static void what_says_nothing_and_does_not_fit_the_memory_is_left_to_ranges(void)
{
    begin_batch();
    begin_made_up("/proc");
    int64_t bytes;
    made_up("kallsyms", &bytes);
    context.in_memory = 1;
    for (context.verify = 0; context.verify < 2; context.verify++) {
        struct pc_entry *entry = record_of(source_dir, "kallsyms");
        CHECK_EQUAL(1, copy_record(entry));
        check_outcome(entry, PC_NOT_DONE);
        CHECK_EQUAL(bytes, entry->size);
        CHECK_EQUAL(0, pc_entry_said(entry));
        CHECK_EQUAL(0, count_entries(target_dir));
    }
}

/* ---- modes and owners ---- */

static void a_mode_is_exact_under_any_umask(void)
{
    begin_batch();
    static const mode_t masks[] = {0, 022, 077, 0777};
    for (size_t i = 0; i < sizeof masks / sizeof masks[0]; i++) {
        char name[] = {(char)('a' + i), '\0'};
        make_file(source_dir, name, 10);
        CHECK(fchmodat(source_dir, name, 0666, 0) == 0);
        pc_umask(masks[i]);
        check_outcome(copy_one(name), PC_DONE);
        check_copied(name);
    }
}

static void without_keeping_modes_the_users_umask_holds(void)
{
    begin_batch();
    context.preserve = PC_PRESERVE_TIMESTAMPS;
    context.umask = 027;
    make_file(source_dir, "file", 10);
    CHECK(fchmodat(source_dir, "file", 04777, 0) == 0);
    check_outcome(copy_one("file"), PC_DONE);
    CHECK_EQUAL(0750, status_of(target_dir, "file").st_mode & 07777);
}

static void give(const char *name, uid_t uid, gid_t gid, mode_t mode)
{
    make_file(source_dir, name, 10);
    CHECK(fchownat(source_dir, name, uid, gid, 0) == 0);
    CHECK(fchmodat(source_dir, name, mode, 0) == 0);
}

static void check_owner(const char *name, uid_t uid, gid_t gid, mode_t mode)
{
    struct stat status = status_of(target_dir, name);
    CHECK_EQUAL(uid, status.st_uid);
    CHECK_EQUAL(gid, status.st_gid);
    CHECK_EQUAL(mode, status.st_mode & 07777);
}

static void ownership_is_preserved_if_asked(void)
{
    test_needs_root();
    begin_batch();
    context.preserve |= PC_PRESERVE_OWNERSHIP;
    give("ours", 0, 0, 0644);
    give("theirs", 12345, 54321, 0640);
    give("setuid", 12345, 54321, 06755);
    check_outcome(copy_one("ours"), PC_DONE);
    check_outcome(copy_one("theirs"), PC_DONE);
    check_outcome(copy_one("setuid"), PC_DONE);
    check_owner("ours", 0, 0, 0644);
    check_owner("theirs", 12345, 54321, 0640);
    check_owner("setuid", 12345, 54321, 06755);
}

static void setuid_of_somebody_else_is_not_given_to_us(void)
{
    test_needs_root();
    begin_batch();
    give("theirs", 12345, 0, 06755);
    give("ours", 0, 0, 06755);
    check_outcome(copy_one("theirs"), PC_DONE);
    check_outcome(copy_one("ours"), PC_DONE);
    check_owner("theirs", 0, 0, 0755);
    check_owner("ours", 0, 0, 06755);
}

static void ownership_is_right_in_a_setgid_directory_too(void)
{
    test_needs_root();
    begin_batch();
    CHECK(fchown(target_dir, 0, 777) == 0 && fchmod(target_dir, 02755) == 0);
    context.preserve |= PC_PRESERVE_OWNERSHIP;
    give("root", 0, 0, 02755);
    give("group", 0, 777, 0644);
    check_outcome(copy_one("root"), PC_DONE);
    check_outcome(copy_one("group"), PC_DONE);
    check_owner("root", 0, 0, 02755);
    check_owner("group", 0, 777, 0644);
    context.preserve &= ~(unsigned)PC_PRESERVE_OWNERSHIP;
    give("loose", 0, 0, 02755);
    check_outcome(copy_one("loose"), PC_DONE);
    check_owner("loose", 0, 777, 0755); /* it would have been set-group-id for the wrong group */
}

static void an_owner_that_cannot_be_preserved_is_a_failure_if_required(void)
{
    test_needs_root();
    begin_batch();
    give("file", 0, 0, 0644);
    CHECK(fchmod(target_dir, 0777) == 0);
    test_become_user();
    context.preserve |= PC_PRESERVE_OWNERSHIP;
    check_outcome(copy_one("file"), PC_DONE);
    CHECK(unlinkat(target_dir, "file", 0) == 0);
    context.required = PC_PRESERVE_OWNERSHIP;
    check_failed(copy_one("file"), PC_NOT_PRESERVED_OWNERSHIP, EPERM);
    CHECK(is_there(target_dir, "file"));
    CHECK_EQUAL(2, context.not_preserved[PC_OWNERSHIP]);
}

/* ---- errors ---- */

static void what_fails_leaves_nothing_behind(void)
{
    static const struct {
        enum fault_call call;
        int skip;
        enum pc_operation operation;
    } calls[] = {
        {FAULT_OPENAT, 0, PC_OPEN},   {FAULT_OPENAT, 1, PC_CREATE},     {FAULT_PREAD, 0, PC_READ},
        {FAULT_PWRITE, 0, PC_WRITE},  {FAULT_FUTIMENS, 0, PC_UTIMENS},  {FAULT_FCHMOD, 0, PC_CHMOD},
        {FAULT_CLOSE, 0, PC_CLOSE},
    };
    begin_batch();
    make_file(source_dir, "file", 5000);
    CHECK(fchmodat(source_dir, "file", 01644, 0) == 0); /* the sticky bit needs a chmod */
    int descriptors = count_descriptors();
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        struct pc_entry *entry = record_of(source_dir, "file");
        fault_clear();
        fault[calls[i].call] = (struct fault){.skip = calls[i].skip, .times = 1, .error = EIO};
        CHECK_EQUAL(1, copy_record(entry));
        fault_clear();
        check_failed(entry, calls[i].operation, EIO);
        CHECK(!is_there(target_dir, "file"));
        CHECK_EQUAL(0, context.bytes);
        CHECK_EQUAL(descriptors, count_descriptors());
    }
}

static void a_failed_second_try_leaves_nothing_behind(void)
{
    begin_batch();
    make_file(source_dir, "file", 5000);
    set_mtime(source_dir, "file", 1000, 0);
    struct pc_entry *entry = record_of(source_dir, "file");
    fault[FAULT_PREAD] = (struct fault){.times = 1, .before = append};
    fault[FAULT_FTRUNCATE] = (struct fault){.times = 1, .error = EIO};
    CHECK_EQUAL(1, copy_record(entry));
    check_failed(entry, PC_WRITE, EIO);
    CHECK(!is_there(target_dir, "file"));
}

static void interrupted_calls_are_tried_again(void)
{
    begin_batch();
    make_file(source_dir, "file", 5000);
    for (int i = 0; i < FAULT_CALLS; i++)
        if (i != FAULT_CLOSE)
            fault[i] = (struct fault){.times = 1, .error = EINTR};
    fault[FAULT_LSEEK].times = fault[FAULT_OPENAT2].times = 0;
    struct pc_entry *entry = copy_one("file");
    fault_clear();
    check_outcome(entry, PC_DONE);
    check_copied("file");
}

static void set_stop(void)
{
    context.stop = 1;
}

static void a_stop_in_the_middle_takes_the_file_back(void)
{
    begin_batch();
    make_file(source_dir, "file", 3 * MIB);
    struct pc_entry *entry = record_of(source_dir, "file");
    fault[FAULT_PREAD] = (struct fault){.skip = 1, .times = 1, .before = set_stop};
    CHECK_EQUAL(1, copy_record(entry));
    check_outcome(entry, PC_NOT_DONE);
    CHECK_EQUAL(3 * MIB, entry->size);
    CHECK(!is_there(target_dir, "file"));
    CHECK_EQUAL(0, context.bytes);
}

static const struct test_case cases[] = {
    {"a file is copied with mode and times", a_file_is_copied_with_mode_and_times},
    {"the bytes of files are counted, holes included", the_bytes_of_files_are_counted},
    {"a small file takes eight system calls", a_small_file_takes_eight_system_calls},
    {"an existing target is left alone", an_existing_target_is_left_alone},
    {"what took the place of a file is not read", what_took_the_place_of_a_file_is_not_read},
    {"a source that vanished is an error", a_source_that_vanished_is_an_error},
    {"an unreadable source is an error", an_unreadable_source_is_an_error},
    {"a source that changed once is copied once more", a_source_that_changed_once_is_copied_once_more},
    {"a source that changes again is kept with the time first seen",
     a_source_that_changes_again_is_kept_with_the_time_first_seen},
    {"a source that grows all the time does not hang", a_source_that_grows_all_the_time_does_not_hang},
    {"a file that says it is empty is read to its end", a_file_that_says_it_is_empty_is_read_to_its_end},
    {"a file that says more than it has is copied as it is", a_file_that_says_more_than_it_has_is_copied_as_it_is},
    {"what says nothing and does not fit the memory is left to ranges",
     what_says_nothing_and_does_not_fit_the_memory_is_left_to_ranges},
    {"a mode is exact under any umask", a_mode_is_exact_under_any_umask},
    {"without keeping modes the user's umask holds", without_keeping_modes_the_users_umask_holds},
    {"ownership is preserved if asked", ownership_is_preserved_if_asked},
    {"setuid of somebody else is not given to us", setuid_of_somebody_else_is_not_given_to_us},
    {"ownership is right in a setgid directory too", ownership_is_right_in_a_setgid_directory_too},
    {"an owner that cannot be preserved is a failure if required",
     an_owner_that_cannot_be_preserved_is_a_failure_if_required},
    {"what fails leaves nothing behind", what_fails_leaves_nothing_behind},
    {"a failed second try leaves nothing behind", a_failed_second_try_leaves_nothing_behind},
    {"interrupted calls are tried again", interrupted_calls_are_tried_again},
    {"a stop in the middle takes the file back", a_stop_in_the_middle_takes_the_file_back},
};

int main(void)
{
    return TEST_RUN(cases);
}
