/* Every copy method on real file systems, each in an image in memory. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "data/copy.h"
#include "data/method_choice.h"
#include "support/copies.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

enum { BLOCK = 64 << 10 };
static const int64_t gib = 1 << 30;

static int dir; /* the file system under test */

/* ---- sources ---- */

static int create_source(void)
{
    unlinkat(dir, "source", 0);
    int fd = openat(dir, "source", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    CHECK(fd >= 0);
    return fd;
}

static void put(int fd, const char *text, int64_t offset)
{
    CHECK(pwrite(fd, text, strlen(text), offset) == (ssize_t)strlen(text));
}

static void make_plain(size_t bytes)
{
    unlinkat(dir, "source", 0);
    make_file(dir, "source", bytes);
}

static void make_holes(const char *map, size_t tail)
{
    unlinkat(dir, "source", 0);
    make_sparse(dir, "source", map, tail);
}

/* 2 GiB and a byte, nearly all of it hole, with data on both sides of the limits of 31 and 32 bits. */
static void make_huge(void)
{
    int fd = create_source();
    CHECK(ftruncate(fd, 2 * gib + 1) == 0);
    put(fd, "start", 0);
    put(fd, "middle", gib - 3);
    put(fd, "nearly", 2 * gib - 6);
    put(fd, "!", 2 * gib);
    CHECK(close(fd) == 0);
}

/* ---- checks of the target ---- */

static bool is_data(int fd, int64_t offset)
{
    return lseek(fd, offset, SEEK_DATA) - offset < BLOCK && lseek(fd, offset, SEEK_DATA) >= 0;
}

static void check_same(bool same_holes)
{
    struct stat source, target;
    CHECK(fstat(copy.source, &source) == 0 && fstat(copy.target, &target) == 0);
    CHECK_EQUAL(source.st_size, target.st_size);
    static char a[BLOCK], b[BLOCK];
    for (int64_t offset = 0; offset < source.st_size; offset += BLOCK) {
        bool data = is_data(copy.source, offset);
        CHECK(!same_holes || data == is_data(copy.target, offset));
        if (!data && same_holes)
            continue;
        ssize_t bytes = pread(copy.source, a, BLOCK, offset);
        CHECK_EQUAL(bytes, pread(copy.target, b, BLOCK, offset));
        CHECK(bytes > 0 && memcmp(a, b, (size_t)bytes) == 0);
    }
}

static void check_whole(enum pc_method method)
{
    begin_copy(dir, method);
    int64_t bytes = status_of(dir, "source").st_size;
    CHECK_EQUAL(bytes, pc_copy_file(&copy, bytes));
    check_same(true);
    end_copy();
}

static void check_ranges(enum pc_method method, int64_t range)
{
    begin_copy(dir, method);
    int64_t size = status_of(dir, "source").st_size;
    CHECK(ftruncate(copy.target, size) == 0);
    for (int64_t offset = size / range * range; offset >= 0; offset -= range) {
        int64_t bytes = size - offset < range ? size - offset : range;
        CHECK_EQUAL(bytes, pc_copy_range(&copy, offset, bytes));
    }
    CHECK_EQUAL(size, copy_context.bytes);
    check_same(true);
    end_copy();
}

static void check(enum pc_method method)
{
    static const size_t sizes[] = {0, 1, 511, 4095, 4096, 4097, BLOCK, IO_BYTES + 1, 3 * MIB + 4097};
    static const char *const maps[] = {".x", "x.", "x.x", ".", "..x..xx....x..", ".....", "xxxxxxxx........xxxxxxx."};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        make_plain(sizes[i]);
        check_whole(method);
        check_ranges(method, 5 * BLOCK);
    }
    for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++)
        for (size_t tail = 0; tail <= 4099; tail += 4099) {
            make_holes(maps[i], tail);
            check_whole(method);
            check_ranges(method, 5 * BLOCK);
        }
    make_huge();
    check_whole(method);
    check_ranges(method, 300 * MIB);
}

/* ---- the methods ---- */

/* The error of a method that is not supported, for every attempt, and for files and ranges alike. */
static void check_refused(enum pc_method method)
{
    make_plain(IO_BYTES);
    begin_copy(dir, method);
    for (int i = 0; i < 2; i++) {
        CHECK(pc_failed_with(pc_copy_file(&copy, IO_BYTES), EOPNOTSUPP));
        CHECK(pc_failed_with(pc_copy_range(&copy, 0, IO_BYTES), EOPNOTSUPP));
        CHECK_EQUAL(pc_failed(PC_COPY, EOPNOTSUPP), pc_clone_file(&copy));
    }
    end_copy();
    CHECK_EQUAL(0, status_of(dir, "target").st_size);
}

static void check_methods(const char *type, bool has_clones)
{
    dir = test_mount_image(type, "4g");
    for (int method = PC_AUTO; method <= PC_COPY_FILE_RANGE; method++) {
        bool none_on_old_kernels = method == PC_DIRECT && strcmp(type, "tmpfs") == 0;
        if (!none_on_old_kernels)
            check((enum pc_method)method);
    }
    if (has_clones)
        check(PC_REFLINK);
    else
        check_refused(PC_REFLINK);
    uint32_t left = pc_methods_left(pc_method_choice_between(dir, dir));
    CHECK_EQUAL(has_clones, (left & pc_method_bit(PC_REFLINK)) != 0);
    CHECK(left & pc_method_bit(PC_SPLICE));
}

static void every_method_works_on_tmpfs(void)
{
    check_methods("tmpfs", false);
}

static void every_method_works_on_ext4(void)
{
    check_methods("ext4", false);
}

static void every_method_works_on_xfs(void)
{
    check_methods("xfs", true);
}

static void every_method_works_on_btrfs(void)
{
    check_methods("btrfs", true);
}

/* Shared data is not moved: there was only the one call, whatever the size. */
static void a_large_file_is_cloned_by_one_call(void)
{
    dir = test_mount_image("xfs", "1g");
    make_plain(20 * MIB + 77);
    begin_copy(dir, PC_AUTO);
    CHECK(ftruncate(copy.target, 20 * MIB + 77) == 0);
    CHECK_EQUAL(20 * MIB + 77, pc_clone_file(&copy));
    CHECK_EQUAL(1, fault[FAULT_IOCTL].calls);
    CHECK_EQUAL(20 * MIB + 77, copy_context.bytes);
    check_same(true);
    end_copy();
}

/* An unaligned range cannot be shared. That prevents neither its copy nor the sharing of the others. */
static void an_unaligned_range_is_copied_and_not_cloned(void)
{
    dir = test_mount_image("xfs", "1g");
    make_plain(3 * MIB);
    begin_copy(dir, PC_AUTO);
    CHECK(ftruncate(copy.target, 3 * MIB) == 0);
    CHECK_EQUAL(MIB + 1, pc_copy_range(&copy, 0, MIB + 1));
    CHECK_EQUAL(2 * MIB - 1, pc_copy_range(&copy, MIB + 1, 2 * MIB - 1));
    check_same(true);
    CHECK(pc_methods_left(pc_method_choice_between(dir, dir)) & pc_method_bit(PC_REFLINK));
    end_copy();
    begin_copy(dir, PC_REFLINK);
    CHECK(pc_failed_with(pc_copy_range(&copy, 1, MIB), EINVAL));
    end_copy();
}

static void two_gibibytes_of_hole_can_be_filled(void)
{
    dir = test_mount_image("xfs", "4g");
    make_huge();
    begin_copy(dir, PC_AUTO);
    copy_context.sparse = PC_SPARSE_NEVER;
    CHECK_EQUAL(2 * gib + 1, pc_copy_file(&copy, 2 * gib + 1));
    check_same(false);
    CHECK_EQUAL(2 * gib + 1, lseek(copy.target, 0, SEEK_HOLE));
    end_copy();
}

/* For every method, and any number of bytes written before. */
static void check_full(const char *type)
{
    dir = test_mount_image(type, "40m");
    make_plain(25 * MIB);
    for (int method = PC_AUTO; method <= PC_COPY_FILE_RANGE; method++) {
        begin_copy(dir, (enum pc_method)method);
        int64_t result = pc_copy_file(&copy, 25 * MIB);
        if (!pc_failed_with(result, EINVAL) || method != PC_DIRECT) /* tmpfs of old kernels */
            CHECK(pc_failed_with(result, ENOSPC));
        CHECK(ftruncate(copy.target, 0) == 0);
        end_copy();
    }
}

static void a_full_tmpfs_is_said_by_every_method(void)
{
    check_full("tmpfs");
}

static void a_full_disk_is_said_by_every_method(void)
{
    check_full("ext4");
}

static const struct test_case cases[] = {
    {"every method works on tmpfs", every_method_works_on_tmpfs},
    {"every method works on ext4", every_method_works_on_ext4},
    {"every method works on xfs", every_method_works_on_xfs},
    {"every method works on btrfs", every_method_works_on_btrfs},
    {"a large file is cloned by one call", a_large_file_is_cloned_by_one_call},
    {"an unaligned range is copied and not cloned", an_unaligned_range_is_copied_and_not_cloned},
    {"two gibibytes of hole can be filled", two_gibibytes_of_hole_can_be_filled},
    {"a full tmpfs is said by every method", a_full_tmpfs_is_said_by_every_method},
    {"a full disk is said by every method", a_full_disk_is_said_by_every_method},
};

int main(void)
{
    return TEST_RUN(cases);
}
