#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "entries/list_directory.h"
#include "entries/read_entries.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

/* A directory to read from, and its records. */
static int dir;
static struct pc_context context;
static char *io;
static struct pc_entry *records;
static size_t record_bytes;

static void begin(void)
{
    dir = make_directory(here, "directory");
    context = context_for(PC_AUTO);
    io = test_memory(IO_BYTES);
    fault_clear();
}

static void list_all(void)
{
    records = test_memory(MIB);
    CHECK(lseek(dir, 0, SEEK_SET) == 0);
    ssize_t listed = pc_list_directory(dir, records, MIB);
    CHECK(listed >= 0);
    record_bytes = (size_t)listed & ~(size_t)PC_LIST_END;
}

static int64_t read_one(struct pc_entry *entry)
{
    return pc_read_entries(dir, entry, entry->record_bytes, &context, io, IO_BYTES);
}

static void check_outcome(const struct pc_entry *entry, enum pc_outcome outcome)
{
    CHECK_EQUAL(outcome, pc_entry_outcome(entry));
}

/* Reads one entry; its outcome is in its record. */
static void check_read(struct pc_entry *entry, enum pc_outcome outcome)
{
    CHECK_EQUAL(entry->record_bytes, read_one(entry));
    check_outcome(entry, outcome);
}

static void check_unread(struct pc_entry *entry, enum pc_operation operation, int error)
{
    check_read(entry, PC_FAILED);
    CHECK_EQUAL(operation, entry->operation);
    CHECK_EQUAL(error, entry->error);
}

static bool holds(const struct pc_entry *entry, const char *bytes)
{
    char *content = test_memory(entry->size + 1);
    if (entry->type == DT_LNK)
        return readlinkat(dir, entry->name, content, entry->size + 1) == (ssize_t)entry->size
            && memcmp(content, bytes, entry->size) == 0;
    int fd = openat(dir, entry->name, O_RDONLY | O_CLOEXEC);
    CHECK(fd >= 0);
    ssize_t n = pread(fd, content, entry->size + 1, 0);
    close(fd);
    return n == (ssize_t)entry->size && memcmp(content, bytes, entry->size) == 0;
}

/*
 * Checks that the content of each entry from here to `end` that did not fail is in memory. Returns how many bytes it
 * takes.
 */
static size_t check_in_memory(struct pc_entry *entry, const void *end)
{
    size_t at = 0;
    for (; (void *)entry < end; entry = pc_entry_next(entry)) {
        bool has_content = entry->type == DT_REG || entry->type == DT_LNK;
        if (pc_entry_outcome(entry) == PC_DONE && has_content) {
            CHECK(holds(entry, io + at));
            at += (entry->size + 7) & ~(size_t)7;
        }
    }
    return at;
}

static void append(const char *name, size_t bytes)
{
    int fd = openat(dir, name, O_WRONLY | O_APPEND | O_CLOEXEC);
    CHECK(fd >= 0 && write(fd, test_memory(bytes), bytes) == (ssize_t)bytes);
    close(fd);
}

static void what_entries_hold_is_in_memory(void)
{
    static const size_t sizes[] = {0, 1, 7, 8, 100, 4096, 70001};
    begin();
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char name[] = {(char)('a' + i), '\0'};
        make_file(dir, name, sizes[i]);
    }
    CHECK(symlinkat("some/where", dir, "link") == 0);
    CHECK(mkfifoat(dir, "fifo", 0640) == 0);
    list_all();
    CHECK_EQUAL(record_bytes, pc_read_entries(dir, records, record_bytes, &context, io, IO_BYTES));
    size_t expected = 8 + 8 + 8 + 104 + 4096 + 70008 + 16;
    CHECK_EQUAL(expected, check_in_memory(records, (char *)records + record_bytes));
    CHECK_EQUAL(1 + 7 + 8 + 100 + 4096 + 70001, context.bytes);
}

static void what_has_no_room_is_left_for_the_next_call(void)
{
    begin();
    for (char name[] = "a"; name[0] <= 'h'; name[0]++)
        make_file(dir, name, 100 << 10);
    make_file(dir, "all", IO_BYTES);
    CHECK(symlinkat("a", dir, "link") == 0);
    list_all();
    int calls = 0;
    for (size_t at = 0; at < record_bytes; calls++) {
        struct pc_entry *from = (struct pc_entry *)((char *)records + at);
        int64_t done = pc_read_entries(dir, from, record_bytes - at, &context, io, IO_BYTES);
        CHECK(done > 0);
        CHECK(check_in_memory(from, (char *)from + done) <= IO_BYTES);
        at += (size_t)done;
    }
    CHECK(calls >= 5 && calls <= 7);
    CHECK_EQUAL((800 << 10) + IO_BYTES, context.bytes);
}

static void what_fails_takes_no_room_and_stops_nothing(void)
{
    begin();
    for (char name[] = "a"; name[0] <= 'f'; name[0]++)
        make_file(dir, name, 1000);
    list_all();
    CHECK(unlinkat(dir, "b", 0) == 0);
    append("e", 1);
    CHECK_EQUAL(record_bytes, pc_read_entries(dir, records, record_bytes, &context, io, IO_BYTES));
    CHECK_EQUAL(4000, check_in_memory(records, (char *)records + record_bytes));
    CHECK_EQUAL(4000, context.bytes);
}

static void a_file_that_has_changed_since_it_was_listed_is_told_apart(void)
{
    begin();
    static const char *const names[] = {"grown", "shrunk", "touched", "filled"};
    struct pc_entry *entries[4];
    for (int i = 0; i < 4; i++) {
        make_file(dir, names[i], i == 3 ? 0 : 1000);
        set_mtime(dir, names[i], 1000, 0);
        entries[i] = record_of(dir, names[i]);
    }
    append("grown", 1);
    set_mtime(dir, "grown", 1000, 0);
    int fd = openat(dir, "shrunk", O_WRONLY | O_CLOEXEC);
    CHECK(fd >= 0 && ftruncate(fd, 999) == 0);
    close(fd);
    set_mtime(dir, "shrunk", 1000, 0);
    set_mtime(dir, "touched", 1000, 1);
    append("filled", 5);
    set_mtime(dir, "filled", 1000, 0);
    for (int i = 0; i < 4; i++)
        check_read(entries[i], PC_CHANGED);
    CHECK_EQUAL(0, context.bytes);
}

static void write_meanwhile(void)
{
    int fd = openat(dir, "file", O_WRONLY | O_CLOEXEC);
    CHECK(fd >= 0 && write(fd, "x", 1) == 1);
    close(fd);
    set_mtime(dir, "file", 2000, 0);
}

static void a_file_that_changes_while_it_is_read_is_told_apart(void)
{
    begin();
    make_file(dir, "file", 1000);
    struct pc_entry *entry = record_of(dir, "file");
    fault[FAULT_PREAD] = (struct fault){.times = 1, .before = write_meanwhile};
    check_read(entry, PC_CHANGED);
}

static void what_is_no_file_any_more_is_told_apart(void)
{
    begin();
    make_file(dir, "fifo", 10);
    make_file(dir, "link", 10);
    make_file(dir, "gone", 10);
    struct pc_entry *fifo = record_of(dir, "fifo"), *link = record_of(dir, "link"), *gone = record_of(dir, "gone");
    CHECK(unlinkat(dir, "fifo", 0) == 0 && unlinkat(dir, "link", 0) == 0 && unlinkat(dir, "gone", 0) == 0);
    CHECK(mkfifoat(dir, "fifo", 0600) == 0);
    CHECK(symlinkat("/etc/passwd", dir, "link") == 0);
    check_unread(fifo, PC_OPEN, ESTALE);
    check_unread(link, PC_OPEN, ELOOP);
    check_unread(gone, PC_OPEN, ENOENT);
}

static void a_read_that_fails_says_so_and_closes_the_file(void)
{
    begin();
    make_file(dir, "file", 1000);
    struct pc_entry *entry = record_of(dir, "file");
    int descriptors = count_descriptors();
    fault[FAULT_PREAD] = (struct fault){.times = 1, .error = EIO};
    check_unread(entry, PC_READ, EIO);
    fault[FAULT_OPENAT] = (struct fault){.times = 1, .error = EMFILE};
    check_unread(entry, PC_OPEN, EMFILE);
    CHECK_EQUAL(descriptors, count_descriptors());
}

static void a_file_that_is_read_in_pieces_is_whole(void)
{
    begin();
    make_file(dir, "file", 1000);
    struct pc_entry *entry = record_of(dir, "file");
    fault[FAULT_PREAD] = (struct fault){.times = 100, .bytes_max = 300};
    check_read(entry, PC_DONE);
    CHECK_EQUAL(4, fault[FAULT_PREAD].calls);
    fault_clear();
    CHECK(holds(entry, io));
}

static void a_file_takes_one_read(void)
{
    begin();
    make_file(dir, "file", 1000);
    make_file(dir, "empty", 0);
    struct pc_entry *file = record_of(dir, "file"), *empty = record_of(dir, "empty");
    fault_clear();
    check_read(file, PC_DONE);
    check_read(empty, PC_DONE);
    CHECK_EQUAL(2, fault[FAULT_PREAD].calls);
    CHECK_EQUAL(2, fault[FAULT_OPENAT].calls);
}

static void a_file_that_memory_cannot_hold_is_refused(void)
{
    begin();
    make_file(dir, "file", IO_BYTES + 1);
    check_unread(record_of(dir, "file"), PC_READ, EINVAL);
}

static void when_it_stops_the_rest_is_not_done(void)
{
    begin();
    make_file(dir, "a", 10);
    CHECK(symlinkat("a", dir, "b") == 0);
    list_all();
    context.stop = 1;
    CHECK_EQUAL(record_bytes, pc_read_entries(dir, records, record_bytes, &context, io, IO_BYTES));
    check_outcome(records, PC_NOT_DONE);
    check_outcome(pc_entry_next(records), PC_NOT_DONE);
    CHECK_EQUAL(0, context.bytes);
}

static void what_could_not_be_described_stays_so(void)
{
    begin();
    make_file(dir, "file", 10);
    struct pc_entry *entry = record_of(dir, "file");
    entry->operation = PC_STAT;
    entry->error = EACCES;
    check_unread(entry, PC_STAT, EACCES);
}

static void damaged_records_and_directories_are_refused(void)
{
    begin();
    close(make_directory(dir, "inner"));
    struct pc_entry *inner = record_of(dir, "inner");
    CHECK_EQUAL(-EINVAL, read_one(inner));
    make_file(dir, "file", 10);
    struct pc_entry *entry = record_of(dir, "file");
    CHECK_EQUAL(-EINVAL, pc_read_entries(dir, entry, entry->record_bytes - 8u, &context, io, IO_BYTES));
    entry->name[1] = '/';
    CHECK_EQUAL(-EINVAL, read_one(entry));
    CHECK_EQUAL(0, pc_read_entries(dir, entry, 0, &context, io, IO_BYTES));
}

static void one_entry_may_be_read_under_another_name(void)
{
    begin();
    make_file(dir, "file", 1000);
    CHECK(symlinkat("some/where", dir, "link") == 0);
    struct pc_entry *file = record_of(dir, "file"), *link = record_of(dir, "link");
    CHECK(renameat(dir, "file", dir, "other") == 0);
    CHECK_EQUAL(1000, pc_read_content(dir, "other", file, io, IO_BYTES));
    CHECK_EQUAL(10, pc_read_content(dir, "link", link, io, IO_BYTES));
    CHECK(memcmp(io, "some/where", 10) == 0);
    file->size = 999;
    CHECK_EQUAL(999, pc_read_content(dir, "other", file, io, IO_BYTES));
    file->size = 1001;
    CHECK_EQUAL(pc_failed(PC_READ, ESTALE), pc_read_content(dir, "other", file, io, IO_BYTES));
    CHECK(pc_failed_with(pc_read_content(dir, "other", file, io, 1000), EINVAL));
}

/* The kernel generates these files, and their status says that they are empty. */
static void what_says_nothing_is_read_to_its_end_if_it_fits(void)
{
    begin();
    dir = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct pc_entry *entry = record_of(dir, "version");
    check_read(entry, PC_DONE);
    CHECK(entry->size > 10 && pc_entry_said(entry) == 0 && memcmp(io, "Linux", 5) == 0);
    CHECK_EQUAL(entry->size, context.bytes);
    uint64_t bytes = entry->size;
    entry = record_of(dir, "kallsyms");
    check_read(entry, PC_NOT_DONE);
    CHECK(entry->size > IO_BYTES && pc_entry_said(entry) == 0);
    CHECK_EQUAL(bytes, context.bytes);
    struct pc_entry *measured = record_of(dir, "kallsyms");
    CHECK_EQUAL(1, pc_measure(dir, measured, &context, io, IO_BYTES));
    CHECK_EQUAL(entry->size, measured->size);
    CHECK_EQUAL(0, pc_measure(dir, measured, &context, io, IO_BYTES));
    context.stop = 1;
    CHECK(pc_failed_with(pc_measure(dir, record_of(dir, "kallsyms"), &context, io, IO_BYTES), EINTR));
}

static void what_says_nothing_waits_for_room(void)
{
    begin();
    make_file(dir, "file", 0);
    struct pc_entry *entry = record_of(dir, "file");
    CHECK(pc_has_room(entry, IO_BYTES));
    CHECK(!pc_has_room(entry, 4095));
}

static void only_what_always_said_so_is_measured(void)
{
    begin();
    make_file(dir, "file", 1000);
    struct pc_entry *entry = record_of(dir, "file");
    CHECK_EQUAL(0, pc_measure(dir, entry, &context, io, IO_BYTES));
    entry->size = 900;
    CHECK_EQUAL(0, pc_measure(dir, entry, &context, io, IO_BYTES));
    CHECK_EQUAL(900, entry->size);
    CHECK_EQUAL(pc_failed(PC_OPEN, ENOENT), (unlinkat(dir, "file", 0), pc_measure(dir, entry, &context, io, IO_BYTES)));
}

static const struct test_case cases[] = {
    {"what says nothing is read to its end if it fits", what_says_nothing_is_read_to_its_end_if_it_fits},
    {"what says nothing waits for room", what_says_nothing_waits_for_room},
    {"only what always said so is measured", only_what_always_said_so_is_measured},
    {"what entries hold is in memory", what_entries_hold_is_in_memory},
    {"what has no room is left for the next call", what_has_no_room_is_left_for_the_next_call},
    {"what fails takes no room and stops nothing", what_fails_takes_no_room_and_stops_nothing},
    {"a file that has changed since it was listed is told apart",
     a_file_that_has_changed_since_it_was_listed_is_told_apart},
    {"a file that changes while it is read is told apart", a_file_that_changes_while_it_is_read_is_told_apart},
    {"what is no file any more is told apart", what_is_no_file_any_more_is_told_apart},
    {"a read that fails says so and closes the file", a_read_that_fails_says_so_and_closes_the_file},
    {"a file that is read in pieces is whole", a_file_that_is_read_in_pieces_is_whole},
    {"a file takes one read", a_file_takes_one_read},
    {"a file that memory cannot hold is refused", a_file_that_memory_cannot_hold_is_refused},
    {"when it stops the rest is not done", when_it_stops_the_rest_is_not_done},
    {"what could not be described stays so", what_could_not_be_described_stays_so},
    {"damaged records and directories are refused", damaged_records_and_directories_are_refused},
    {"one entry may be read under another name", one_entry_may_be_read_under_another_name},
};

int main(void)
{
    return TEST_RUN(cases);
}
