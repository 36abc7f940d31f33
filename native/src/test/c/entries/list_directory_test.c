#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "entries/list_directory.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

/* Lists to the end, calling `see` for each record; returns how many there were. */
static int list_all(int dir, size_t bytes, void (*see)(const struct pc_entry *))
{
    char *buffer = test_memory(bytes);
    int count = 0;
    for (bool at_end = false; !at_end;) {
        ssize_t listed = pc_list_directory(dir, buffer, bytes);
        CHECK(listed > 0);
        at_end = listed & PC_LIST_END;
        listed &= ~PC_LIST_END;
        CHECK((size_t)listed <= bytes / 5 * 4);
        for (char *at = buffer; at < buffer + listed; count++) {
            struct pc_entry *entry = (struct pc_entry *)at;
            CHECK(pc_entry_is_whole(entry, (size_t)(buffer + listed - at)));
            see(entry);
            at = (char *)pc_entry_next(entry);
        }
    }
    return count;
}

static int list_here(size_t bytes, void (*see)(const struct pc_entry *))
{
    int dir = open(here_path, O_RDONLY | O_DIRECTORY);
    CHECK(dir >= 0);
    int count = list_all(dir, bytes, see);
    close(dir);
    return count;
}

static void check_as_described(const struct pc_entry *entry)
{
    struct pc_entry *alone = record_of(here, entry->name);
    CHECK_EQUAL(alone->record_bytes, entry->record_bytes);
    CHECK(memcmp(alone, entry, entry->record_bytes) == 0);
}

static void every_kind_of_entry_is_described(void)
{
    make_file(here, "file", 100);
    close(make_directory(here, "directory"));
    CHECK(symlinkat("nowhere", here, "link") == 0);
    CHECK(mkfifoat(here, "fifo", 0600) == 0);
    CHECK_EQUAL(4, list_here(PC_LIST_BYTES_MIN, check_as_described));
}

static void names_are_bytes(void)
{
    char longest[256];
    memset(longest, '\xfe', 255);
    longest[255] = '\0';
    const char *names[] = {"\n", "a\nb", "\xff\xfe", " ", "...", "-", "\\", "\x01", longest};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        make_file(here, names[i], i);
    CHECK_EQUAL(sizeof names / sizeof names[0], list_here(PC_LIST_BYTES_MIN, check_as_described));
}

enum { MANY = 3000 };
static char seen[MANY];

static void count_number(const struct pc_entry *entry)
{
    long number = strtol(entry->name, NULL, 36);
    CHECK(number >= 0 && number < MANY);
    seen[number]++;
}

static void a_large_directory_is_listed_once_in_buffers_of_any_size(void)
{
    static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
    for (int i = 0; i < MANY; i++) {
        /* names of 1 to 3 bytes: the records that are largest in relation to their kernel entries */
        char name[4] = {digits[i / 1296], digits[i / 36 % 36], digits[i % 36]};
        make_text(here, i < 36 ? name + 2 : i < 1296 ? name + 1 : name, "");
    }
    const size_t sizes[] = {PC_LIST_BYTES_MIN, PC_LIST_BYTES_MIN + 8, 9999, 65536, 1 << 20};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        memset(seen, 0, sizeof seen);
        CHECK_EQUAL(MANY, list_here(sizes[i], count_number));
        for (int number = 0; number < MANY; number++)
            CHECK_EQUAL(1, seen[number]);
    }
}

static void see_nothing(const struct pc_entry *entry)
{
    (void)entry;
}

static void an_empty_directory_ends_at_once(void)
{
    CHECK_EQUAL(0, list_here(PC_LIST_BYTES_MIN, see_nothing));
}

static void a_piece_with_nothing_but_dots_is_not_the_end(void)
{
    make_file(here, "file", 1);
    fault[FAULT_GETDENTS64] = (struct fault){.times = 3, .bytes_max = 24}; /* one short name at a time */
    CHECK_EQUAL(1, list_here(PC_LIST_BYTES_MIN, check_as_described));
    CHECK(fault[FAULT_GETDENTS64].calls >= 4);
}

static void an_interrupted_or_failed_listing(void)
{
    make_file(here, "file", 1);
    fault[FAULT_GETDENTS64] = (struct fault){.times = 2, .error = EINTR};
    CHECK_EQUAL(1, list_here(PC_LIST_BYTES_MIN, check_as_described));
    fault[FAULT_GETDENTS64] = (struct fault){.times = 1, .error = EIO};
    CHECK_EQUAL(-EIO, pc_list_directory(here, test_memory(PC_LIST_BYTES_MIN), PC_LIST_BYTES_MIN));
    fault[FAULT_GETDENTS64] = (struct fault){.skip = 1, .times = 2, .error = EIO};
    CHECK_EQUAL(88, pc_list_directory(here, test_memory(PC_LIST_BYTES_MIN), PC_LIST_BYTES_MIN)); /* not the end */
    CHECK_EQUAL(-EIO, pc_list_directory(here, test_memory(PC_LIST_BYTES_MIN), PC_LIST_BYTES_MIN));
}

static void a_buffer_that_is_too_small_is_refused(void)
{
    char *buffer = test_memory(PC_LIST_BYTES_MIN);
    CHECK_EQUAL(-EINVAL, pc_list_directory(here, buffer, PC_LIST_BYTES_MIN - 1));
    CHECK_EQUAL(-EINVAL, pc_list_directory(here, buffer, 0));
}

static void what_is_no_directory_is_not_listed(void)
{
    char *buffer = test_memory(PC_LIST_BYTES_MIN);
    make_file(here, "file", 1);
    int fd = openat(here, "file", O_RDONLY);
    CHECK_EQUAL(-ENOTDIR, pc_list_directory(fd, buffer, PC_LIST_BYTES_MIN));
    close(fd);
    CHECK_EQUAL(-EBADF, pc_list_directory(-1, buffer, PC_LIST_BYTES_MIN));
}

static void an_entry_that_cannot_be_described_is_listed_as_such(void)
{
    make_file(here, "file", 10);
    CHECK(mkfifoat(here, "fifo", 0600) == 0);
    fault[FAULT_STATX] = (struct fault){.skip = 1, .times = 1, .error = EIO};
    struct pc_entry *entry = test_memory(PC_LIST_BYTES_MIN);
    ssize_t bytes = pc_list_directory(here, entry, PC_LIST_BYTES_MIN);
    if (fault[FAULT_STATX].calls == 0)
        test_skip("built without statx");
    CHECK_EQUAL(2 * 88 + PC_LIST_END, bytes);
    CHECK_EQUAL(PC_DONE, pc_entry_outcome(entry));
    entry = pc_entry_next(entry);
    CHECK_EQUAL(PC_STAT, entry->operation);
    CHECK_EQUAL(EIO, entry->error);
    CHECK_EQUAL(strcmp(entry->name, "file") == 0 ? DT_REG : DT_FIFO, entry->type);
    CHECK_EQUAL(0, entry->mode);
}

static void an_interrupted_description_is_tried_again(void)
{
    make_file(here, "file", 10);
    fault[FAULT_STATX] = (struct fault){.times = 3, .error = EINTR};
    CHECK_EQUAL(1, list_here(PC_LIST_BYTES_MIN, check_as_described));
}

static int describe(const char *name, bool follow, struct pc_entry *entry)
{
    return pc_describe(here, name, strlen(name), follow, entry, 4096);
}

static void a_link_is_followed_if_asked(void)
{
    struct pc_entry *entry = test_memory(4096);
    make_file(here, "file", 10);
    CHECK(symlinkat("file", here, "link") == 0);
    CHECK_EQUAL(88, describe("link", false, entry));
    CHECK_EQUAL(DT_LNK, entry->type);
    CHECK_EQUAL(88, describe("link", true, entry));
    CHECK_EQUAL(DT_REG, entry->type);
    CHECK_EQUAL(10, entry->size);
}

static void a_description_takes_paths_and_the_directory_itself(void)
{
    struct pc_entry *entry = test_memory(4096);
    CHECK_EQUAL(88, describe("", false, entry));
    CHECK_EQUAL(status_of(here, ".").st_ino, entry->ino);
    CHECK_EQUAL(DT_DIR, entry->type);
    CHECK(describe(here_path, true, entry) > 88);
    CHECK_EQUAL(status_of(here, ".").st_ino, entry->ino);
    CHECK(strcmp(here_path, entry->name) == 0);
}

static void a_description_that_fails_says_why(void)
{
    struct pc_entry *entry = test_memory(4096);
    char name[PC_ENTRY_NAME_BYTES_MAX + 2] = "";
    CHECK_EQUAL(-ENOENT, describe("missing", false, entry));
    CHECK_EQUAL(-EINVAL, pc_describe(here, "", 0, false, entry, 80));
    memset(name, 'n', sizeof name - 1);
    CHECK_EQUAL(-ENAMETOOLONG, pc_describe(here, name, sizeof name - 1, false, entry, 8192));
}

static const struct test_case cases[] = {
    {"every kind of entry is described", every_kind_of_entry_is_described},
    {"names are bytes", names_are_bytes},
    {"a large directory is listed once, in buffers of any size",
     a_large_directory_is_listed_once_in_buffers_of_any_size},
    {"an empty directory ends at once", an_empty_directory_ends_at_once},
    {"a piece with nothing but dots is not the end", a_piece_with_nothing_but_dots_is_not_the_end},
    {"an interrupted listing is resumed, a failed one says why", an_interrupted_or_failed_listing},
    {"a buffer that is too small is refused", a_buffer_that_is_too_small_is_refused},
    {"what is no directory is not listed", what_is_no_directory_is_not_listed},
    {"an entry that cannot be described is listed as such", an_entry_that_cannot_be_described_is_listed_as_such},
    {"an interrupted description is tried again", an_interrupted_description_is_tried_again},
    {"a link is followed if asked", a_link_is_followed_if_asked},
    {"a description takes paths and the directory itself", a_description_takes_paths_and_the_directory_itself},
    {"a description that fails says why", a_description_that_fails_says_why},
};

int main(void)
{
    return TEST_RUN(cases);
}
