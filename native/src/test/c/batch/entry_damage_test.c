#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch/batch.h"
#include "entries/list_directory.h"
#include "support/files.h"
#include "support/fuzz.h"
#include "support/test.h"

/*
 * Records come from other ranks, too. Whatever they contain, no memory outside their buffer is accessed, which the
 * sanitizers check, nothing outside the target is written, and no descriptor leaks.
 */

enum { RECORD_BYTES = 16 << 10, DAMAGES_MAX = 6 };

static void make_source(int source)
{
    make_file(source, "file", 5000);
    make_file(source, "large", 300 << 10);
    make_sparse(source, "sparse", "x..x", 100);
    make_text(source, "empty", "");
    CHECK(symlinkat("file", source, "link") == 0);
    CHECK(symlinkat("../outside", source, "out") == 0);
    CHECK(mkfifoat(source, "fifo", 0600) == 0);
    close(make_directory(source, "directory"));
}

/* One byte, or a field, or everything after an offset; mostly near the start of a record, where the lengths are. */
static size_t damage(char *records, size_t bytes)
{
    static const uint64_t odd[] = {0, 1, 7, 8, 79, 80, 88, 127, 128, 255, 4096, 32767, 65535, 1u << 31, UINT64_MAX};
    size_t at = fuzz_below(bytes);
    switch (fuzz_below(5)) {
    case 0:
        records[at] = (char)(records[at] ^ 1 << fuzz_below(8));
        return bytes;
    case 1:
        records[at] = (char)fuzz_below(256);
        return bytes;
    case 2: {
        size_t field = at / 88 * 88 + fuzz_below(12) * 8, width = 1u << fuzz_below(4);
        if (field + width <= bytes)
            memcpy(records + field, &odd[fuzz_below(sizeof odd / sizeof odd[0])], width);
        return bytes;
    }
    case 3: { /* one offset to another */
        size_t to = fuzz_below(bytes);
        memmove(records + to, records + at, fuzz_below(bytes - (at > to ? at : to)));
        return bytes;
    }
    default:
        return at / 8 * 8;
    }
}

static void empty(int dir)
{
    DIR *entries = fdopendir(openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    CHECK(entries != NULL);
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            CHECK(unlinkat(dir, entry->d_name, 0) == 0);
    closedir(entries);
}

static void copy_damaged(int source, int target, const char *listed, size_t bytes, void *io)
{
    char *whole = malloc(bytes);
    memcpy(whole, listed, bytes);
    size_t left = bytes;
    for (uint64_t i = fuzz_below(DAMAGES_MAX); left > 0; i--) {
        left = damage(whole, left);
        if (i == 0)
            break;
    }
    char *exact = malloc(left ? left : 1); /* so that reading a byte too many is detected */
    memcpy(exact, whole, left);
    free(whole);
    struct pc_context context = context_for((enum pc_method)fuzz_below(PC_REFLINK + 1));
    const char *name = fuzz_below(4) == 0 ? "name" : NULL;
    context.in_memory = fuzz_below(2) == 0;
    int64_t done = pc_copy_entries(source, target, exact, left, name, &context, io, IO_BYTES, NULL);
    CHECK(done == -EINVAL || (done >= 0 && (size_t)done <= left));
    free(exact);
}

static void damaged_records_do_no_harm(void)
{
    fuzz_begin();
    int source = make_directory(here, "source");
    make_source(source);
    char *listed = test_memory(RECORD_BYTES);
    ssize_t bytes = pc_list_directory(source, listed, RECORD_BYTES);
    CHECK(bytes > 0 && bytes & PC_LIST_END);
    int target = make_directory(here, "target");
    void *io = test_memory(IO_BYTES);
    int descriptors = count_descriptors(), entries = count_entries(here);
    while (fuzz_continues("damaged batches")) {
        copy_damaged(source, target, listed, (size_t)bytes & ~(size_t)PC_LIST_END, io);
        empty(target);
        CHECK_EQUAL(entries, count_entries(here));
        CHECK_EQUAL(8, count_entries(source));
        CHECK_EQUAL(descriptors, count_descriptors());
    }
}

static const struct test_case cases[] = {
    {"damaged records do no harm", damaged_records_do_no_harm},
};

int main(void)
{
    return TEST_RUN(cases);
}
