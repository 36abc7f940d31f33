#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "copy.h"
#include "fault.h"
#include "files.h"
#include "ladder.h"
#include "test.h"

/* ---- a copy in the making: `source` and `target` in `here`, opened as the callers do ---- */

static struct pc_context context;
static struct pc_pipe tube;
static struct pc_copy copy;

static void begin(enum pc_method method)
{
    context = context_for(method);
    if (!copy.io)
        copy.io = test_memory(IO_BYTES);
    copy.io_bytes = IO_BYTES;
    copy.context = &context;
    copy.pipe = &tube;
    copy.source = openat(here, "source", O_RDONLY | O_CLOEXEC);
    copy.target = openat(here, "target", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    CHECK(copy.source >= 0 && copy.target >= 0);
    fault_clear();
}

static void end(void)
{
    close(copy.source);
    close(copy.target);
    pc_pipe_close(&tube);
}

/* Whether this file system can do it; every method but PC_AUTO and PC_BUFFERED may be missing. */
static bool works_here(enum pc_method method)
{
    static int works[PC_REFLINK + 1]; /* 0 = not known yet */
    if (works[method] == 0) {
        fault_clear();
        make_file(here, "works.source", 8192);
        struct pc_context how = context_for(method);
        struct pc_copy trial = {
            openat(here, "works.source", O_RDONLY), openat(here, "works.target", O_WRONLY | O_CREAT, 0600), &how,
            test_memory(IO_BYTES), IO_BYTES, &tube};
        works[method] = pc_copy_file(&trial, 8192) == 8192 ? 1 : -1;
        close(trial.source);
        close(trial.target);
        pc_pipe_close(&tube);
        CHECK(unlinkat(here, "works.source", 0) == 0 && unlinkat(here, "works.target", 0) == 0);
        fault_clear();
    }
    return works[method] > 0;
}

/* The next method that works here; begin with PC_AUTO. */
static int next_method(int method)
{
    while (++method <= PC_REFLINK && !works_here((enum pc_method)method))
        continue;
    return method;
}

#define FOR_EACH_METHOD(method) for (int method = PC_AUTO; method <= PC_REFLINK; method = next_method(method))

static void check_same(void)
{
    CHECK(is_same_data(here, "source", here, "target"));
    CHECK_EQUAL(status_of(here, "source").st_size, status_of(here, "target").st_size);
    CHECK(strcmp(map_of(here, "source"), map_of(here, "target")) == 0);
}

static void check_copies_file(enum pc_method method)
{
    begin(method);
    int64_t bytes = status_of(here, "source").st_size;
    CHECK_EQUAL(bytes, pc_copy_file(&copy, bytes));
    end();
    check_same();
}

static void remove_source(void)
{
    CHECK(unlinkat(here, "source", 0) == 0);
}

/* ---- files ---- */

static const size_t sizes[] = {
    0, 1, 511, 512, 513, 4095, 4096, 4097, 65536, IO_BYTES - 1, IO_BYTES, IO_BYTES + 1, 2 * IO_BYTES, 5 * MIB + 3,
};

static void a_file_of_any_size_is_copied(void)
{
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        make_file(here, "source", sizes[i]);
        FOR_EACH_METHOD(method)
            check_copies_file(method);
        remove_source();
    }
}

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
        begin(PC_BUFFERED);
        int64_t bytes = status_of(here, "source").st_size;
        fault[FAULT_LSEEK] = (struct fault){.times = INT_MAX, .error = errors[i]};
        CHECK_EQUAL(bytes, pc_copy_file(&copy, bytes));
        end();
        CHECK(is_same_data(here, "source", here, "target"));
    }
}

static void a_small_file_takes_one_read_and_one_write(void)
{
    make_file(here, "source", 4096);
    begin(PC_BUFFERED);
    CHECK_EQUAL(4096, pc_copy_file(&copy, 4096));
    CHECK_EQUAL(1, fault[FAULT_PREAD].calls);
    CHECK_EQUAL(1, fault[FAULT_PWRITE].calls);
    CHECK_EQUAL(0, fault[FAULT_LSEEK].calls);
    CHECK_EQUAL(0, fault[FAULT_FTRUNCATE].calls);
    end();
}

static void a_small_file_is_read_and_written_unless_forced(void)
{
    make_file(here, "source", 4096);
    begin(PC_AUTO);
    CHECK_EQUAL(4096, pc_copy_file(&copy, 4096));
    CHECK_EQUAL(1, fault[FAULT_PREAD].calls);
    CHECK_EQUAL(1, fault[FAULT_PWRITE].calls);
    CHECK_EQUAL(0, fault[FAULT_STATX].calls);
    end();
    begin(PC_COPY_FILE_RANGE);
    fault[FAULT_COPY_FILE_RANGE] = (struct fault){.times = INT_MAX, .error = EIO};
    CHECK(pc_copy_file(&copy, 4096) < 0);
    end();
}

static void a_file_that_has_grown_or_shrunk_is_found_out(void)
{
    make_file(here, "source", 10000);
    begin(PC_BUFFERED);
    CHECK_EQUAL(9001, pc_copy_file(&copy, 9000));
    end();
    begin(PC_BUFFERED);
    CHECK_EQUAL(10000, pc_copy_file(&copy, 11000));
    end();
    CHECK_EQUAL(10000, status_of(here, "target").st_size);
    begin(PC_COPY_FILE_RANGE);
    CHECK_EQUAL(10000, pc_copy_file(&copy, 11000));
    end();
    CHECK_EQUAL(10000, status_of(here, "target").st_size);
    begin(PC_BUFFERED);
    CHECK_EQUAL(10000, pc_copy_file(&copy, IO_BYTES + 1));
    end();
    CHECK_EQUAL(10000, status_of(here, "target").st_size);
}

static void a_file_without_a_size_is_read_all_the_same(void)
{
    make_text(here, "source", "");
    begin(PC_AUTO);
    close(copy.source);
    copy.source = open("/proc/version", O_RDONLY | O_CLOEXEC);
    CHECK_EQUAL(1, pc_copy_file(&copy, 0)); /* one byte is enough to see that the size is a lie */
    CHECK(pc_copy_file(&copy, 100) > 10);
    end();
}

/* ---- ranges ---- */

static int64_t copy_range(int64_t offset, int64_t bytes)
{
    return pc_copy_range(&copy, offset, bytes);
}

static void ranges_make_a_file_whatever_their_order(void)
{
    static const char *const maps[] = {"xxxxxxxxxxxx", ".x..xxx.....", "............", "x..........x"};
    for (size_t i = 0; i < sizeof maps / sizeof maps[0]; i++) {
        make_sparse(here, "source", maps[i], 77);
        int64_t size = status_of(here, "source").st_size;
        FOR_EACH_METHOD(method) {
            begin(method);
            CHECK(ftruncate(copy.target, size) == 0);
            int64_t range = 3 * 65536;
            for (int64_t offset = size / range * range; offset >= 0; offset -= range) {
                int64_t bytes = size - offset < range ? size - offset : range;
                CHECK_EQUAL(bytes, copy_range(offset, bytes));
            }
            CHECK_EQUAL(size, context.bytes);
            end();
            check_same();
        }
        remove_source();
    }
}

static void a_range_touches_nothing_outside_it(void)
{
    make_file(here, "source", 100000);
    FOR_EACH_METHOD(method) {
        begin(method);
        CHECK(ftruncate(copy.target, 100000) == 0);
        CHECK_EQUAL(33, copy_range(50001, 33));
        end();
        char *source = test_memory(100000), *target = test_memory(100000);
        int fd = openat(here, "source", O_RDONLY);
        CHECK_EQUAL(100000, read(fd, source, 100000));
        close(fd);
        fd = openat(here, "target", O_RDONLY);
        CHECK_EQUAL(100000, read(fd, target, 100000));
        close(fd);
        for (int i = 0; i < 100000; i++)
            CHECK_EQUAL(i >= 50001 && i < 50034 ? source[i] : 0, target[i]);
    }
}

static void the_end_of_the_source_ends_a_range(void)
{
    make_file(here, "source", IO_BYTES + 100);
    FOR_EACH_METHOD(method) {
        begin(method);
        CHECK_EQUAL(100, copy_range(IO_BYTES, 1000));
        CHECK_EQUAL(0, copy_range(IO_BYTES + 100, 1000));
        CHECK_EQUAL(0, copy_range(10 * MIB, 1000));
        CHECK_EQUAL(0, copy_range(5, 0));
        CHECK_EQUAL(100, context.bytes);
        end();
    }
    remove_source();
    make_sparse(here, "source", "x...", 0); /* it ends in a hole */
    begin(PC_BUFFERED);
    CHECK_EQUAL(2 * 65536, copy_range(2 * 65536, 10 * MIB));
    end();
}

static void impossible_ranges_are_refused(void)
{
    make_file(here, "source", 10);
    begin(PC_BUFFERED);
    CHECK_EQUAL(-EINVAL, copy_range(-1, 10));
    CHECK_EQUAL(-EINVAL, copy_range(0, -1));
    CHECK_EQUAL(-EINVAL, copy_range(INT64_MAX, 1));
    CHECK_EQUAL(10, copy_range(0, INT64_MAX));
    context.method = PC_REFLINK + 1;
    CHECK_EQUAL(-EINVAL, copy_range(0, 10));
    context.method = -1;
    CHECK_EQUAL(-EINVAL, copy_range(0, 10));
    end();
}

static void a_stop_is_heeded_before_a_range(void)
{
    make_file(here, "source", 3 * IO_BYTES);
    begin(PC_BUFFERED);
    context.stop = 1;
    CHECK_EQUAL(0, copy_range(0, 3 * IO_BYTES));
    CHECK_EQUAL(0, fault[FAULT_PREAD].calls);
    end();
}

static void set_stop(void)
{
    context.stop = 1;
}

static void a_stop_is_heeded_between_pieces(void)
{
    make_file(here, "source", 40 * MIB);
    begin(PC_BUFFERED);
    fault[FAULT_PREAD] = (struct fault){.skip = 1, .times = 1, .before = set_stop};
    CHECK_EQUAL(2 * IO_BYTES, copy_range(0, 40 * MIB));
    CHECK_EQUAL(2 * IO_BYTES, context.bytes);
    end();
    begin(PC_COPY_FILE_RANGE);
    fault[FAULT_COPY_FILE_RANGE] = (struct fault){.times = 1, .before = set_stop};
    int64_t done = copy_range(0, 40 * MIB);
    if (fault[FAULT_COPY_FILE_RANGE].calls == 0)
        test_skip("built without copy_file_range");
    CHECK(done > 0 && done <= PC_PIECE_BYTES_MAX);
    end();
}

/* ---- trouble ---- */

/* Every call that transfers data meets this trouble. */
static void trouble(struct fault wanted)
{
    static const enum fault_call calls[] = {
        FAULT_PREAD, FAULT_PWRITE, FAULT_COPY_FILE_RANGE, FAULT_SPLICE_FROM, FAULT_SPLICE_TO, FAULT_FTRUNCATE,
    };
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        fault[calls[i]] = wanted;
}

static void short_and_interrupted_transfers_go_on(void)
{
    make_sparse(here, "source", "xx.xxx.x", 321);
    int64_t bytes = status_of(here, "source").st_size;
    FOR_EACH_METHOD(method) {
        begin(method);
        trouble((struct fault){.times = 3, .error = EINTR});
        fault[FAULT_IOCTL] = fault[FAULT_PREAD];
        CHECK_EQUAL(bytes, pc_copy_file(&copy, bytes));
        end();
        check_same();
        if (method == PC_DIRECT) /* the kernel never cuts those where they are not aligned */
            continue;
        begin(method);
        trouble((struct fault){.times = INT_MAX, .bytes_max = 20011});
        CHECK_EQUAL(bytes, pc_copy_file(&copy, bytes));
        end();
        check_same();
    }
}

static void short_direct_transfers_go_on(void)
{
    if (!works_here(PC_DIRECT))
        test_skip("no O_DIRECT here");
    make_sparse(here, "source", "xx.xxx.x", 321);
    int64_t bytes = status_of(here, "source").st_size;
    begin(PC_DIRECT);
    trouble((struct fault){.times = INT_MAX, .bytes_max = 3 * 4096});
    CHECK_EQUAL(bytes, pc_copy_file(&copy, bytes));
    end();
    check_same();
}

static void what_is_not_ready_is_asked_again_but_not_for_ever(void)
{
    make_file(here, "source", 3 * IO_BYTES);
    FOR_EACH_METHOD(method) {
        begin(method);
        trouble((struct fault){.times = 3, .error = EAGAIN});
        CHECK_EQUAL(3 * IO_BYTES, pc_copy_file(&copy, 3 * IO_BYTES));
        end();
        check_same();
    }
    begin(PC_BUFFERED);
    fault[FAULT_PREAD] = (struct fault){.times = INT_MAX, .error = EAGAIN};
    CHECK_EQUAL(-EAGAIN, pc_copy_file(&copy, 3 * IO_BYTES));
    CHECK_EQUAL(PC_READ, context.operation);
    end();
}

static void a_short_read_of_a_small_file_goes_on(void)
{
    make_file(here, "source", 5000);
    begin(PC_BUFFERED);
    fault[FAULT_PREAD] = (struct fault){.times = INT_MAX, .bytes_max = 1001};
    CHECK_EQUAL(5000, pc_copy_file(&copy, 5000));
    end();
    check_same();
}

static int64_t copy_whole_and_range(void)
{
    int64_t whole = pc_copy_file(&copy, 2 * IO_BYTES);
    return whole == 2 * IO_BYTES ? pc_copy_range(&copy, 0, 2 * IO_BYTES) : whole;
}

static void what_the_kernel_can_never_do_here_it_is_asked_once(void)
{
    static const int errors[] = {EXDEV, ENOSYS, EOPNOTSUPP, ENOTTY};
    static const enum fault_call calls[] = {FAULT_IOCTL, FAULT_SPLICE_FROM, FAULT_SPLICE_TO};
    make_file(here, "source", 2 * IO_BYTES);
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        begin(PC_AUTO);
        for (size_t j = 0; j < sizeof calls / sizeof calls[0]; j++)
            fault[calls[j]] = (struct fault){.times = INT_MAX, .error = errors[i]};
        CHECK_EQUAL(2 * IO_BYTES, copy_whole_and_range());
        CHECK(fault[FAULT_IOCTL].calls <= 1); /* and with the next error never again */
        CHECK(fault[FAULT_SPLICE_FROM].calls <= 1);
        CHECK_EQUAL(0, fault[FAULT_SPLICE_TO].calls);
        end();
        check_same();
        CHECK_EQUAL(pc_rung_bit(PC_BUFFERED), pc_ladder_rungs(pc_ladder_between(here, here)));
    }
}


static void what_does_not_suit_one_file_is_tried_with_the_next(void)
{
    static const int errors[] = {EPERM, EINVAL, ETXTBSY, ENODATA};
    make_file(here, "source", 2 * IO_BYTES);
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        uint32_t before = pc_ladder_rungs(pc_ladder_between(here, here));
        begin(PC_AUTO);
        fault[FAULT_IOCTL] = fault[FAULT_SPLICE_TO] = (struct fault){.times = INT_MAX, .error = errors[i]};
        CHECK_EQUAL(2 * IO_BYTES, copy_whole_and_range());
        CHECK(fault[FAULT_SPLICE_TO].calls <= 2); /* once each time */
        CHECK_EQUAL(before, pc_ladder_rungs(pc_ladder_between(here, here)));
        end();
        check_same();
    }
}

static void without_a_pipe_there_is_another_way(void)
{
    make_file(here, "source", 2 * IO_BYTES);
    begin(PC_AUTO);
    fault[FAULT_IOCTL] = (struct fault){.times = INT_MAX, .error = EOPNOTSUPP};
    fault[FAULT_PIPE2] = (struct fault){.times = INT_MAX, .error = EMFILE};
    CHECK_EQUAL(2 * IO_BYTES, copy_whole_and_range());
    end();
    check_same();
}

static void a_small_pipe_will_do(void)
{
    make_file(here, "source", 2 * IO_BYTES);
    begin(PC_SPLICE);
    fault[FAULT_SETPIPE] = (struct fault){.times = INT_MAX, .error = EPERM};
    CHECK_EQUAL(2 * IO_BYTES, copy_whole_and_range());
    CHECK(tube.bytes >= 4096 && tube.bytes < 1 << 20);
    end();
    check_same();
    begin(PC_SPLICE);
    fault[FAULT_SETPIPE] = (struct fault){.times = 1, .error = EPERM};
    CHECK_EQUAL(2 * IO_BYTES, copy_whole_and_range());
    CHECK_EQUAL(2, fault[FAULT_SETPIPE].calls);
    end();
}

static void what_a_failed_write_leaves_in_the_pipe_reaches_no_other_file(void)
{
    make_file(here, "source", 2 * IO_BYTES);
    begin(PC_SPLICE);
    fault[FAULT_SPLICE_TO] = (struct fault){.times = 1, .error = ENOSPC};
    CHECK_EQUAL(-ENOSPC, pc_copy_file(&copy, 2 * IO_BYTES));
    CHECK_EQUAL(PC_WRITE, context.operation);
    CHECK_EQUAL(2 * IO_BYTES, copy_whole_and_range());
    end();
    check_same();
}

static void direct_transfers_leave_no_mark_on_the_descriptors(void)
{
    if (!works_here(PC_DIRECT))
        test_skip("no O_DIRECT here");
    make_file(here, "source", 2 * IO_BYTES + 5);
    begin(PC_DIRECT);
    CHECK_EQUAL(2 * IO_BYTES + 5, pc_copy_file(&copy, 2 * IO_BYTES + 5));
    CHECK(fault[FAULT_SETFL].calls > 0);
    CHECK(!(fcntl(copy.source, F_GETFL) & O_DIRECT) && !(fcntl(copy.target, F_GETFL) & O_DIRECT));
    end();
    begin(PC_DIRECT);
    fault[FAULT_SETFL] = (struct fault){.skip = 1, .times = 1, .error = EINVAL};
    CHECK_EQUAL(-EINVAL, pc_copy_file(&copy, 2 * IO_BYTES));
    CHECK_EQUAL(PC_COPY, context.operation);
    CHECK(!(fcntl(copy.source, F_GETFL) & O_DIRECT) && !(fcntl(copy.target, F_GETFL) & O_DIRECT));
    end();
}

static void memory_need_not_be_aligned_for_direct_transfers(void)
{
    if (!works_here(PC_DIRECT))
        test_skip("no O_DIRECT here");
    make_file(here, "source", 2 * IO_BYTES + 5);
    begin(PC_DIRECT);
    copy.io = (char *)copy.io + 24;
    copy.io_bytes -= 24;
    CHECK_EQUAL(2 * IO_BYTES + 5, pc_copy_file(&copy, 2 * IO_BYTES + 5));
    copy.io = (char *)copy.io - 24;
    end();
    check_same();
}

/* ---- what becomes of holes ---- */

static void check_becomes(enum pc_method method, enum pc_sparse sparse, const char *map)
{
    int64_t bytes = status_of(here, "source").st_size;
    for (int by_range = 0; by_range <= 1; by_range++) {
        begin(method);
        context.sparse = sparse;
        CHECK(!by_range || ftruncate(copy.target, bytes) == 0);
        CHECK_EQUAL(bytes, by_range ? pc_copy_range(&copy, 0, bytes) : pc_copy_file(&copy, bytes));
        CHECK(fsync(copy.target) == 0); /* before that some file systems count what is not there */
        end();
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
        begin(pairs[i].method);
        context.sparse = pairs[i].sparse;
        CHECK_EQUAL(-EINVAL, pc_copy_file(&copy, 2 * IO_BYTES));
        CHECK_EQUAL(-EINVAL, pc_copy_range(&copy, 0, 2 * IO_BYTES));
        CHECK_EQUAL(-EINVAL, pc_clone_file(&copy));
        end();
    }
    begin(PC_AUTO);
    context.sparse = PC_SPARSE_NEVER + 1;
    CHECK_EQUAL(-EINVAL, pc_copy_file(&copy, 2 * IO_BYTES));
    end();
}

/* ---- clones ---- */

static void a_clone_is_a_copy_where_there_are_clones(void)
{
    make_sparse(here, "source", ".x.xx.", 77);
    int64_t bytes = status_of(here, "source").st_size;
    begin(PC_AUTO);
    CHECK(ftruncate(copy.target, bytes) == 0);
    bool cloned = works_here(PC_REFLINK);
    CHECK_EQUAL(cloned ? bytes : 0, pc_clone_file(&copy));
    CHECK_EQUAL(cloned ? bytes : 0, context.bytes);
    end();
    if (cloned)
        check_same();
    begin(PC_REFLINK);
    int64_t result = pc_clone_file(&copy);
    CHECK(cloned ? result == bytes : result < 0);
    end();
    begin(PC_BUFFERED);
    CHECK_EQUAL(0, pc_clone_file(&copy));
    end();
}

static void a_clone_that_fails_is_no_reason_to_copy(void)
{
    make_file(here, "source", 2 * IO_BYTES);
    begin(PC_AUTO);
    fault[FAULT_IOCTL] = (struct fault){.times = INT_MAX, .error = EIO};
    CHECK_EQUAL(-EIO, pc_clone_file(&copy));
    CHECK_EQUAL(PC_COPY, context.operation);
    CHECK_EQUAL(0, context.bytes);
    CHECK_EQUAL(-EIO, pc_copy_file(&copy, 2 * IO_BYTES));
    end();
}

static void a_forced_method_does_not_step_down(void)
{
    make_file(here, "source", 100);
    static const struct {
        enum pc_method method;
        enum fault_call call;
    } calls[] = {
        {PC_COPY_FILE_RANGE, FAULT_COPY_FILE_RANGE},
        {PC_SPLICE, FAULT_SPLICE_FROM},
        {PC_SPLICE, FAULT_SPLICE_TO},
        {PC_REFLINK, FAULT_IOCTL},
    };
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        begin(calls[i].method);
        fault[calls[i].call] = (struct fault){.times = INT_MAX, .error = EXDEV};
        CHECK(pc_copy_file(&copy, 100) < 0);
        CHECK_EQUAL(calls[i].method, context.method);
        CHECK_EQUAL(0, fault[FAULT_PWRITE].calls);
        end();
    }
}

static void what_failed_is_named_and_does_not_step_down(void)
{
    make_file(here, "source", 2 * IO_BYTES);
    static const struct {
        enum fault_call call;
        enum pc_method method;
        enum pc_operation operation;
    } calls[] = {
        {FAULT_PREAD, PC_BUFFERED, PC_READ},
        {FAULT_PWRITE, PC_BUFFERED, PC_WRITE},
        {FAULT_LSEEK, PC_BUFFERED, PC_READ},
        {FAULT_PREAD, PC_DIRECT, PC_READ},
        {FAULT_PWRITE, PC_DIRECT, PC_WRITE},
        {FAULT_SPLICE_FROM, PC_SPLICE, PC_READ},
        {FAULT_SPLICE_TO, PC_SPLICE, PC_WRITE},
        {FAULT_COPY_FILE_RANGE, PC_COPY_FILE_RANGE, PC_COPY},
        {FAULT_IOCTL, PC_REFLINK, PC_COPY},
    };
    static const int errors[] = {EIO, ENOSPC, EDQUOT};
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        for (size_t j = 0; j < sizeof errors / sizeof errors[0] && works_here(calls[i].method); j++) {
            begin(calls[i].method);
            fault[calls[i].call] = (struct fault){.times = 1, .error = errors[j]};
            CHECK_EQUAL(-errors[j], pc_copy_range(&copy, 0, 2 * IO_BYTES));
            CHECK_EQUAL(calls[i].operation, context.operation);
            CHECK_EQUAL(calls[i].method, context.method);
            CHECK_EQUAL(0, context.bytes);
            end();
        }
    }
    begin(PC_BUFFERED);
    fault[FAULT_PWRITE] = (struct fault){.skip = 1, .times = 1, .error = ENOSPC};
    CHECK_EQUAL(-ENOSPC, pc_copy_file(&copy, 2 * IO_BYTES));
    CHECK_EQUAL(PC_WRITE, context.operation);
    end();
}

static void a_write_that_gets_nowhere_is_an_error(void)
{
    make_file(here, "source", 100);
    static const enum pc_method methods[] = {PC_BUFFERED, PC_SPLICE};
    for (size_t i = 0; i < 2; i++) {
        begin(methods[i]);
        fault[FAULT_PWRITE] = fault[FAULT_SPLICE_TO] = (struct fault){.times = INT_MAX, .nothing = 1};
        CHECK_EQUAL(-EIO, pc_copy_file(&copy, 100));
        CHECK_EQUAL(PC_WRITE, context.operation);
        end();
    }
}

static void a_kernel_that_says_end_too_early_is_not_believed(void)
{
    make_file(here, "source", 2 * IO_BYTES);
    static const enum pc_method methods[] = {PC_COPY_FILE_RANGE, PC_SPLICE};
    for (size_t i = 0; i < 2; i++) {
        begin(methods[i]);
        fault[FAULT_COPY_FILE_RANGE] = fault[FAULT_SPLICE_FROM] = (struct fault){.times = INT_MAX, .nothing = 1};
        CHECK_EQUAL(2 * IO_BYTES, pc_copy_file(&copy, 2 * IO_BYTES));
        end();
        check_same();
    }
}

static void seeking_that_gets_nowhere_ends_all_the_same(void)
{
    make_file(here, "source", 2 * IO_BYTES);
    begin(PC_BUFFERED);
    fault[FAULT_LSEEK] = (struct fault){.times = INT_MAX, .nothing = 1}; /* always 0, whatever was asked */
    CHECK_EQUAL(2 * IO_BYTES, pc_copy_file(&copy, 2 * IO_BYTES));
    CHECK_EQUAL(1000, pc_copy_range(&copy, 1000, 1000));
    end();
    check_same();
}

/* tmpfs looks at all pages up to a hole, so asking for each range of a file takes the square of its length. */
static void a_hole_is_looked_for_once_for_all_ranges_before_it(void)
{
    make_sparse(here, "source", "xxxxxxxx....xxxx", 0);
    const int64_t range = 2 * 65536;
    begin(PC_BUFFERED);
    CHECK(ftruncate(copy.target, 8 * range) == 0);
    for (int64_t at = 0; at < 4 * range; at += range)
        CHECK_EQUAL(range, pc_copy_range(&copy, at, range));
    int for_data = fault[FAULT_LSEEK].calls;
    CHECK_EQUAL(2, for_data); /* SEEK_DATA, SEEK_HOLE */
    for (int64_t at = 4 * range; at < 8 * range; at += range)
        CHECK_EQUAL(range, pc_copy_range(&copy, at, range));
    end();
    check_same();

    make_sparse(here, "other", "..xx", 0);
    CHECK(renameat(here, "other", here, "source") == 0);
    begin(PC_BUFFERED);
    context.seen_device = status_of(here, "source").st_dev;
    context.seen_end = 4 * 65536; /* remembered of another file */
    CHECK(ftruncate(copy.target, 2 * range) == 0);
    CHECK_EQUAL(2 * range, pc_copy_range(&copy, 0, 2 * range));
    end();
    check_same();
}

static const struct test_case cases[] = {
    {"a file of any size is copied", a_file_of_any_size_is_copied},
    {"holes stay holes wherever they are", holes_stay_holes_wherever_they_are},
    {"a short file that is all hole gets no data", a_short_file_that_is_all_hole_gets_no_data},
    {"a hole is looked for once for all ranges before it", a_hole_is_looked_for_once_for_all_ranges_before_it},
    {"zeros that are data stay data", zeros_that_are_data_stay_data},
    {"without SEEK_DATA all is data", without_seek_data_all_is_data},
    {"a small file takes one read and one write", a_small_file_takes_one_read_and_one_write},
    {"a small file is read and written unless forced", a_small_file_is_read_and_written_unless_forced},
    {"a file that has grown or shrunk is found out", a_file_that_has_grown_or_shrunk_is_found_out},
    {"a file without a size is read all the same", a_file_without_a_size_is_read_all_the_same},
    {"ranges make a file whatever their order", ranges_make_a_file_whatever_their_order},
    {"a range touches nothing outside it", a_range_touches_nothing_outside_it},
    {"the end of the source ends a range", the_end_of_the_source_ends_a_range},
    {"impossible ranges are refused", impossible_ranges_are_refused},
    {"a stop is heeded before a range", a_stop_is_heeded_before_a_range},
    {"a stop is heeded between pieces", a_stop_is_heeded_between_pieces},
    {"short and interrupted transfers go on", short_and_interrupted_transfers_go_on},
    {"short direct transfers go on", short_direct_transfers_go_on},
    {"what is not ready is asked again but not for ever", what_is_not_ready_is_asked_again_but_not_for_ever},
    {"a short read of a small file goes on", a_short_read_of_a_small_file_goes_on},
    {"what the kernel can never do here it is asked once", what_the_kernel_can_never_do_here_it_is_asked_once},
    {"what does not suit one file is tried with the next", what_does_not_suit_one_file_is_tried_with_the_next},
    {"without a pipe there is another way", without_a_pipe_there_is_another_way},
    {"a small pipe will do", a_small_pipe_will_do},
    {"what a failed write leaves in the pipe reaches no other file",
        what_a_failed_write_leaves_in_the_pipe_reaches_no_other_file},
    {"direct transfers leave no mark on the descriptors", direct_transfers_leave_no_mark_on_the_descriptors},
    {"memory need not be aligned for direct transfers", memory_need_not_be_aligned_for_direct_transfers},
    {"holes are filled on request", holes_are_filled_on_request},
    {"zeros become holes on request", zeros_become_holes_on_request},
    {"a method that cannot treat holes so is refused", a_method_that_cannot_treat_holes_so_is_refused},
    {"a clone is a copy where there are clones", a_clone_is_a_copy_where_there_are_clones},
    {"a clone that fails is no reason to copy", a_clone_that_fails_is_no_reason_to_copy},
    {"a forced method does not step down", a_forced_method_does_not_step_down},
    {"what failed is named and does not step down", what_failed_is_named_and_does_not_step_down},
    {"a write that gets nowhere is an error", a_write_that_gets_nowhere_is_an_error},
    {"a kernel that says end too early is not believed", a_kernel_that_says_end_too_early_is_not_believed},
    {"seeking that gets nowhere ends all the same", seeking_that_gets_nowhere_ends_all_the_same},
};

int main(void)
{
    return TEST_RUN(cases);
}
