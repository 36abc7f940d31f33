#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch/batch.h"
#include "data/copy.h"
#include "entries/list_directory.h"
#include "support/batches.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

/* Copies that leave the data in memory. */

static char *io;
static struct pc_entry *records;
static size_t record_bytes;

static void begin(void)
{
    begin_batch();
    context.in_memory = 1;
    io = test_memory(IO_BYTES);
}

static void list_source(void)
{
    records = test_memory(MIB);
    ssize_t listed = pc_list_directory(source_dir, records, MIB);
    CHECK(listed >= 0);
    record_bytes = (size_t)listed & ~(size_t)PC_LIST_END;
}

static int64_t copy_seen(struct pc_entry *from, size_t bytes)
{
    return pc_copy_entries(source_dir, target_dir, from, bytes, NULL, &context, io, IO_BYTES, NULL);
}

static bool is_content(int dir, const char *name, const char *bytes, size_t size)
{
    char *content = test_memory(size + 1);
    struct stat status = status_of(dir, name);
    if (S_ISLNK(status.st_mode))
        return readlinkat(dir, name, content, size + 1) == (ssize_t)size && memcmp(content, bytes, size) == 0;
    int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
    CHECK(fd >= 0);
    ssize_t n = pread(fd, content, size + 1, 0);
    close(fd);
    return n == (ssize_t)size && memcmp(content, bytes, size) == 0;
}

/*
 * Every entry up to `end` that was copied is in memory, where it must be; returns how many bytes of memory they take.
 */
static size_t check_seen(struct pc_entry *entry, const void *end)
{
    size_t at = 0;
    for (; (void *)entry < end; entry = pc_entry_next(entry)) {
        bool has_content = entry->type == DT_REG || entry->type == DT_LNK;
        if (pc_entry_outcome(entry) != PC_DONE || !has_content)
            continue;
        CHECK(is_content(source_dir, entry->name, io + at, entry->size));
        CHECK(is_content(target_dir, entry->name, io + at, entry->size));
        at += (entry->size + 7) & ~(size_t)7;
    }
    return at;
}

static void what_entries_hold_is_in_memory(void)
{
    static const size_t sizes[] = {0, 1, 7, 8, 100, 4096, 70001};
    begin();
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char name[] = {(char)('a' + i), '\0'};
        make_file(source_dir, name, sizes[i]);
    }
    make_sparse(source_dir, "sparse", ".x", 11);
    CHECK(symlinkat("some/where", source_dir, "link") == 0);
    CHECK(mkfifoat(source_dir, "fifo", 0640) == 0);
    list_source();
    CHECK_EQUAL(record_bytes, copy_seen(records, record_bytes));
    CHECK(check_seen(records, (char *)records + record_bytes) > 200000);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char name[] = {(char)('a' + i), '\0'};
        check_copied(name);
    }
    check_copied("link");
    check_copied("fifo");
    CHECK(strcmp(".xx", map_of(target_dir, "sparse")) == 0);
}

static void what_has_no_room_is_left_for_the_next_call(void)
{
    begin();
    for (char name[] = "a"; name[0] <= 'h'; name[0]++)
        make_file(source_dir, name, 100 << 10);
    make_file(source_dir, "all", IO_BYTES);
    CHECK(symlinkat("a", source_dir, "link") == 0);
    list_source();
    int calls = 0;
    for (size_t at = 0; at < record_bytes; calls++) {
        struct pc_entry *from = (struct pc_entry *)((char *)records + at);
        int64_t done = copy_seen(from, record_bytes - at);
        CHECK(done > 0);
        CHECK(check_seen(from, (char *)from + done) <= IO_BYTES);
        at += (size_t)done;
    }
    CHECK(calls >= 5 && calls <= 7);
    CHECK_EQUAL(10, count_entries(target_dir));
    CHECK_EQUAL((800 << 10) + IO_BYTES, context.bytes);
}

static void what_fails_takes_no_room(void)
{
    begin();
    for (char name[] = "a"; name[0] <= 'f'; name[0]++)
        make_file(source_dir, name, 1000);
    make_file(target_dir, "b", 7);
    make_file(target_dir, "e", 7);
    list_source();
    CHECK_EQUAL(record_bytes, copy_seen(records, record_bytes));
    CHECK_EQUAL(4000, check_seen(records, (char *)records + record_bytes));
}

static void append(const char *name, size_t bytes)
{
    int fd = openat(source_dir, name, O_WRONLY | O_APPEND | O_CLOEXEC);
    CHECK(fd >= 0 && write(fd, test_memory(bytes), bytes) == (ssize_t)bytes);
    close(fd);
}

static void of_a_file_that_has_changed_the_last_version_is_in_memory(void)
{
    begin();
    make_file(source_dir, "file", 1000);
    struct pc_entry *entry = record_of(source_dir, "file");
    append("file", 500);
    CHECK_EQUAL(entry->record_bytes, copy_seen(entry, entry->record_bytes));
    check_outcome(entry, PC_DONE);
    CHECK_EQUAL(1500, entry->size);
    CHECK(is_content(source_dir, "file", io, 1500));
    check_copied("file");
}

static void a_file_that_has_outgrown_the_memory_is_not_done(void)
{
    begin();
    make_file(source_dir, "file", 1000);
    struct pc_entry *entry = record_of(source_dir, "file");
    append("file", IO_BYTES);
    CHECK_EQUAL(entry->record_bytes, copy_seen(entry, entry->record_bytes));
    check_outcome(entry, PC_NOT_DONE);
    CHECK_EQUAL(1000 + IO_BYTES, entry->size);
    CHECK(!is_there(target_dir, "file"));
    CHECK_EQUAL(entry->record_bytes, copy_seen(entry, entry->record_bytes));
    check_outcome(entry, PC_NOT_DONE);
    CHECK(!is_there(target_dir, "file"));
}

static void a_file_that_shares_its_data_is_read_all_the_same(void)
{
    here = test_mount_image("xfs", "300M");
    begin();
    context = context_for(PC_REFLINK);
    context.in_memory = 1;
    make_file(source_dir, "file", 200000);
    list_source();
    fault_clear();
    CHECK_EQUAL(record_bytes, copy_seen(records, record_bytes));
    check_outcome(records, PC_DONE);
    CHECK_EQUAL(200000, check_seen(records, (char *)records + record_bytes));
    CHECK_EQUAL(0, fault[FAULT_PWRITE].calls);
    check_copied("file");
}

/* ---- pieces ---- */

static void pieces_are_in_memory_and_their_holes_stay_holes(void)
{
    enum { PIECE = 128 << 10 };
    static const enum pc_sparse kinds[] = {PC_SPARSE_AUTO, PC_SPARSE_ALWAYS, PC_SPARSE_NEVER};
    static const char *const maps[] = {"..xx.x.x..x.", "..xx.x.x..x.", "xxxxxxxxxxxx"};
    static char source[PIECE];
    char *piece = test_memory(PIECE);
    for (int kind = 0; kind < 3; kind++) {
        char name[] = {(char)('a' + kind), '\0'};
        begin_batch();
        context.sparse = kinds[kind];
        make_sparse(source_dir, name, "..xx.x.x..x.", 0);
        struct pc_copy copy = {.context = &context, .io = piece, .io_bytes = PIECE};
        copy.source = openat(source_dir, name, O_RDONLY | O_CLOEXEC);
        copy.target = openat(target_dir, name, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        const int64_t size = 12 * 65536;
        CHECK(ftruncate(copy.target, size) == 0);
        for (int64_t at = 0; at < size; at += PIECE) {
            memset(piece, 0xee, PIECE);
            CHECK_EQUAL(PIECE, pc_copy_via_buffer(&copy, at, PIECE));
            CHECK_EQUAL(PIECE, pread(copy.source, source, PIECE, at));
            CHECK(memcmp(source, piece, PIECE) == 0);
        }
        CHECK(is_same_data(source_dir, name, target_dir, name));
        CHECK(strcmp(maps[kind], map_of(target_dir, name)) == 0);
        CHECK_EQUAL(100, pc_copy_via_buffer(&copy, size - 100, PIECE));
        CHECK_EQUAL(0, pc_copy_via_buffer(&copy, size, PIECE));
        CHECK(pc_failed_with(pc_copy_via_buffer(&copy, 0, PIECE + 1), EINVAL));
        close(copy.source);
        close(copy.target);
        CHECK(renameat(here, "source", here, name) == 0);
        CHECK(unlinkat(target_dir, name, 0) == 0);
        CHECK(unlinkat(here, "target", AT_REMOVEDIR) == 0);
    }
}

static void the_next_data_is_found(void)
{
    begin();
    make_sparse(source_dir, "file", "..xx..x.", 0);
    struct pc_copy copy = {.context = &context, .target = -1};
    copy.source = openat(source_dir, "file", O_RDONLY | O_CLOEXEC);
    const int64_t unit = 65536;
    CHECK_EQUAL(2 * unit, pc_next_data(&copy, 0, 8 * unit));
    CHECK_EQUAL(2 * unit, pc_next_data(&copy, 2 * unit, 8 * unit));
    CHECK_EQUAL(3 * unit, pc_next_data(&copy, 3 * unit, 8 * unit));
    CHECK_EQUAL(6 * unit, pc_next_data(&copy, 4 * unit, 8 * unit));
    CHECK_EQUAL(8 * unit, pc_next_data(&copy, 7 * unit, 8 * unit));
    CHECK_EQUAL(unit, pc_next_data(&copy, 0, unit));
    context.sparse = PC_SPARSE_NEVER;
    CHECK_EQUAL(0, pc_next_data(&copy, 0, 8 * unit));
    close(copy.source);
}

static const struct test_case cases[] = {
    {"what entries hold is in memory", what_entries_hold_is_in_memory},
    {"what has no room is left for the next call", what_has_no_room_is_left_for_the_next_call},
    {"what fails takes no room", what_fails_takes_no_room},
    {"of a file that has changed the last version is in memory",
     of_a_file_that_has_changed_the_last_version_is_in_memory},
    {"a file that has outgrown the memory is not done", a_file_that_has_outgrown_the_memory_is_not_done},
    {"a file that shares its data is read all the same", a_file_that_shares_its_data_is_read_all_the_same},
    {"pieces are in memory and their holes stay holes", pieces_are_in_memory_and_their_holes_stay_holes},
    {"the next data is found", the_next_data_is_found},
};

int main(void)
{
    return TEST_RUN(cases);
}
