#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "data/copy.h"
#include "support/copies.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

static void holes_stay_holes_wherever_they_are(void)
{
    static const char *const maps[] = {
        "x", ".x", "x.", "x.x", ".x.", ".", "..", "....", /* up to IO_BYTES: at once */
        ".....x", "x.....", "x....x", ".x.x.x.x.", "xxxxx", ".....", "xx..xx..xx..", "........................x",
    };
    for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++) {
        for (size_t tail = 0; tail <= 1000; tail += 1000) {
            make_sparse(here, "source", maps[i], tail);
            CHECK(strncmp(maps[i], map_of(here, "source"), strlen(maps[i])) == 0);
            FOR_EACH_METHOD(method)
                check_copies_file(method);
            remove_source();
        }
    }
}

static void a_short_file_that_is_all_hole_gets_no_data(void)
{
    make_text(here, "source", "");
    int fd = openat(here, "source", O_WRONLY);
    CHECK(ftruncate(fd, 100) == 0);
    close(fd);
    check_copies_file(PC_BUFFERED);
    CHECK_EQUAL(0, fault[FAULT_PWRITE].calls);
    CHECK_EQUAL(0, status_of(here, "target").st_blocks);
}

/* tmpfs looks at all pages up to a hole, so asking for each range of a file takes quadratic time. */
static void a_hole_is_looked_for_once_for_all_ranges_before_it(void)
{
    make_sparse(here, "source", "xxxxxxxx....xxxx", 0);
    const int64_t range = 2 * 65536;
    begin_copy(here, PC_BUFFERED);
    CHECK(ftruncate(copy.target, 8 * range) == 0);
    for (int64_t at = 0; at < 4 * range; at += range)
        CHECK_EQUAL(range, pc_copy_range(&copy, at, range));
    int for_data = fault[FAULT_LSEEK].calls;
    CHECK_EQUAL(2, for_data); /* SEEK_DATA, SEEK_HOLE */
    for (int64_t at = 4 * range; at < 8 * range; at += range)
        CHECK_EQUAL(range, pc_copy_range(&copy, at, range));
    end_copy();
    check_target_is_same();

    make_sparse(here, "other", "..xx", 0);
    CHECK(renameat(here, "other", here, "source") == 0);
    begin_copy(here, PC_BUFFERED);
    copy_context.data_cache.device = status_of(here, "source").st_dev;
    copy_context.data_cache.end = 4 * 65536; /* cached for another file */
    CHECK(ftruncate(copy.target, 2 * range) == 0);
    CHECK_EQUAL(2 * range, pc_copy_range(&copy, 0, 2 * range));
    end_copy();
    check_target_is_same();
}

static void zeros_that_are_data_stay_data(void)
{
    char *zeros = test_memory(3 * 65536);
    int fd = openat(here, "source", O_WRONLY | O_CREAT, 0600);
    CHECK_EQUAL(3 * 65536, write(fd, zeros, 3 * 65536));
    CHECK(fsync(fd) == 0);
    close(fd);
    CHECK(strcmp("xxx", map_of(here, "source")) == 0);
    FOR_EACH_METHOD(method)
        check_copies_file(method);
}

static void without_seek_data_all_is_data(void)
{
    make_sparse(here, "source", ".x.x", 10);
    static const int errors[] = {EINVAL, EOPNOTSUPP, ENOSYS};
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        begin_copy(here, PC_BUFFERED);
        int64_t bytes = status_of(here, "source").st_size;
        fault[FAULT_LSEEK] = (struct fault){.times = INT_MAX, .error = errors[i]};
        CHECK_EQUAL(bytes, pc_copy_file(&copy, bytes));
        end_copy();
        CHECK(is_same_data(here, "source", here, "target"));
    }
}

static void seeking_that_gets_nowhere_ends_all_the_same(void)
{
    make_file(here, "source", 2 * IO_BYTES);
    begin_copy(here, PC_BUFFERED);
    fault[FAULT_LSEEK] = (struct fault){.times = INT_MAX, .nothing = 1}; /* always 0, for any request */
    CHECK_EQUAL(2 * IO_BYTES, pc_copy_file(&copy, 2 * IO_BYTES));
    CHECK_EQUAL(1000, pc_copy_range(&copy, 1000, 1000));
    end_copy();
    check_target_is_same();
}

static void check_becomes(enum pc_method method, enum pc_sparse sparse, const char *map)
{
    int64_t bytes = status_of(here, "source").st_size;
    for (int by_range = 0; by_range <= 1; by_range++) {
        begin_copy(here, method);
        copy_context.sparse = sparse;
        CHECK(!by_range || ftruncate(copy.target, bytes) == 0);
        CHECK_EQUAL(bytes, by_range ? pc_copy_range(&copy, 0, bytes) : pc_copy_file(&copy, bytes));
        CHECK(fsync(copy.target) == 0); /* before that, some file systems count blocks that are not written yet */
        end_copy();
        CHECK(is_same_data(here, "source", here, "target"));
        CHECK_EQUAL(bytes, status_of(here, "target").st_size);
        const char *now = map_of(here, "target");
        if (strcmp(map, now) != 0)
            printf("    method %d: %s, expected %s\n", method, now, map);
        CHECK(strcmp(map, now) == 0);
    }
}

static void holes_are_filled_on_request(void)
{
    static const char *const maps[] = {".", ".x", "x.", ".x.x..", "......"};
    for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++) {
        make_sparse(here, "source", maps[i], 0);
        char filled[16];
        memset(filled, 'x', sizeof filled);
        filled[strlen(maps[i])] = 0;
        FOR_EACH_METHOD(method)
            if (method <= PC_SPLICE)
                check_becomes((enum pc_method)method, PC_SPARSE_NEVER, filled);
        remove_source();
    }
}

static void zeros_become_holes_on_request(void)
{
    static const char *const maps[] = {".", ".x", "x.", ".x.x..", "......", "xxx.xxxxx.."};
    for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++) {
        make_sparse(here, "source", maps[i], 0);
        int fd = openat(here, "source", O_RDWR);
        static char zeros[65536];
        for (size_t j = 0; maps[i][j]; j++) /* no holes are left */
            CHECK(maps[i][j] == 'x' || pwrite(fd, zeros, sizeof zeros, (off_t)(j * sizeof zeros)) == sizeof zeros);
        CHECK(fsync(fd) == 0 && close(fd) == 0);
        CHECK(strchr(map_of(here, "source"), '.') == NULL);
        FOR_EACH_METHOD(method)
            if (method <= PC_DIRECT)
                check_becomes((enum pc_method)method, PC_SPARSE_ALWAYS, maps[i]);
        remove_source();
    }
}

static void a_method_that_cannot_treat_holes_so_is_refused(void)
{
    make_file(here, "source", 2 * IO_BYTES);
    static const struct {
        enum pc_method method;
        enum pc_sparse sparse;
    } pairs[] = {
        {PC_SPLICE, PC_SPARSE_ALWAYS}, {PC_COPY_FILE_RANGE, PC_SPARSE_ALWAYS}, {PC_REFLINK, PC_SPARSE_ALWAYS},
        {PC_COPY_FILE_RANGE, PC_SPARSE_NEVER}, {PC_REFLINK, PC_SPARSE_NEVER},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        begin_copy(here, pairs[i].method);
        copy_context.sparse = pairs[i].sparse;
        CHECK(pc_failed_with(pc_copy_file(&copy, 2 * IO_BYTES), EINVAL));
        CHECK(pc_failed_with(pc_copy_range(&copy, 0, 2 * IO_BYTES), EINVAL));
        CHECK(pc_failed_with(pc_clone_file(&copy), EINVAL));
        end_copy();
    }
    begin_copy(here, PC_AUTO);
    copy_context.sparse = PC_SPARSE_NEVER + 1;
    CHECK(pc_failed_with(pc_copy_file(&copy, 2 * IO_BYTES), EINVAL));
    end_copy();
}

/* Larger than memory: the time it takes is for the data only. */
static void a_file_as_long_as_files_can_be_takes_the_time_of_its_data(void)
{
    int dir = test_mount_tmpfs("memory", "8M");
    static const int64_t places[] = {0, 65536, INT64_C(1) << 40, INT64_C(5) << 60, INT64_MAX - 200000, INT64_MAX - 5};
    enum { PLACES = sizeof places / sizeof places[0] };
    static const enum pc_sparse sparse[] = {PC_SPARSE_AUTO, PC_SPARSE_ALWAYS};
    for (int last = 1; last <= PLACES; last++) { /* each of them is once the last data */
        int fd = openat(dir, "source", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        CHECK(ftruncate(fd, INT64_MAX) == 0);
        for (int i = 0; i < last; i++)
            CHECK_EQUAL(4, pwrite(fd, "data", 4, places[i]));
        close(fd);
        for (int i = 0; i < 2; i++) {
            begin_copy(dir, PC_AUTO);
            copy_context.sparse = sparse[i];
            CHECK(ftruncate(copy.target, INT64_MAX) == 0);
            CHECK_EQUAL(INT64_MAX, pc_copy_range(&copy, 0, INT64_MAX));
            char back[4];
            int read_back = openat(dir, "target", O_RDONLY | O_CLOEXEC);
            for (int place = 0; place < PLACES; place++) {
                CHECK_EQUAL(4, pread(read_back, back, 4, places[place]));
                CHECK(memcmp(back, place < last ? "data" : "\0\0\0\0", 4) == 0);
            }
            close(read_back);
            CHECK(status_of(dir, "target").st_blocks <= 8 * 2 * PLACES + 256);
            end_copy();
        }
    }
}

static void a_range_ends_after_so_much_data(void)
{
    make_sparse(here, "source", "xx..xx....xx", 0);
    begin_copy(here, PC_AUTO);
    copy.data_max = 3 * 65536;
    CHECK_EQUAL(5 * 65536, pc_copy_range(&copy, 0, 12 * 65536));
    CHECK_EQUAL(7 * 65536, pc_copy_range(&copy, 5 * 65536, 7 * 65536));
    copy.data_max = 0;
    CHECK_EQUAL(12 * 65536, pc_copy_range(&copy, 0, 12 * 65536));
    end_copy();
    check_target_is_same();
}

static const struct test_case cases[] = {
    {"a file as long as files can be takes the time of its data",
     a_file_as_long_as_files_can_be_takes_the_time_of_its_data},
    {"a range ends after so much data", a_range_ends_after_so_much_data},
    {"holes stay holes wherever they are", holes_stay_holes_wherever_they_are},
    {"a short file that is all hole gets no data", a_short_file_that_is_all_hole_gets_no_data},
    {"a hole is looked for once for all ranges before it", a_hole_is_looked_for_once_for_all_ranges_before_it},
    {"zeros that are data stay data", zeros_that_are_data_stay_data},
    {"without SEEK_DATA all is data", without_seek_data_all_is_data},
    {"seeking that gets nowhere ends all the same", seeking_that_gets_nowhere_ends_all_the_same},
    {"holes are filled on request", holes_are_filled_on_request},
    {"zeros become holes on request", zeros_become_holes_on_request},
    {"a method that cannot treat holes so is refused", a_method_that_cannot_treat_holes_so_is_refused},
};

int main(void)
{
    return TEST_RUN(cases);
}
