#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "data/copy.h"
#include "support/copies.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"
#include "sys/full_io.h"

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

static void a_small_file_takes_one_read_and_one_write(void)
{
    make_file(here, "source", 4096);
    begin_copy(here, PC_BUFFERED);
    CHECK_EQUAL(4096, pc_copy_file(&copy, 4096));
    CHECK_EQUAL(1, fault[FAULT_PREAD].calls);
    CHECK_EQUAL(1, fault[FAULT_PWRITE].calls);
    CHECK_EQUAL(0, fault[FAULT_LSEEK].calls);
    CHECK_EQUAL(0, fault[FAULT_FTRUNCATE].calls);
    end_copy();
}

static void a_file_that_has_grown_or_shrunk_is_found_out(void)
{
    make_file(here, "source", 10000);
    begin_copy(here, PC_BUFFERED);
    CHECK_EQUAL(9001, pc_copy_file(&copy, 9000));
    end_copy();
    begin_copy(here, PC_BUFFERED);
    CHECK_EQUAL(10000, pc_copy_file(&copy, 11000));
    end_copy();
    CHECK_EQUAL(10000, status_of(here, "target").st_size);
    begin_copy(here, PC_COPY_FILE_RANGE);
    CHECK_EQUAL(10000, pc_copy_file(&copy, 11000));
    end_copy();
    CHECK_EQUAL(10000, status_of(here, "target").st_size);
    begin_copy(here, PC_BUFFERED);
    CHECK_EQUAL(10000, pc_copy_file(&copy, IO_BYTES + 1));
    end_copy();
    CHECK_EQUAL(10000, status_of(here, "target").st_size);
}

static void a_file_without_a_size_is_read_all_the_same(void)
{
    make_text(here, "source", "");
    begin_copy(here, PC_AUTO);
    close(copy.source);
    copy.source = open("/proc/version", O_RDONLY | O_CLOEXEC);
    CHECK_EQUAL(pc_find_end(copy.source, copy.io, IO_BYTES, 0, &copy_context.stop), pc_copy_file(&copy, 0));
    CHECK_EQUAL(11, pc_copy_file(&copy, 10)); /* one byte more shows that the size is wrong */
    end_copy();
}

static void what_is_behind_the_end_that_was_said_is_copied_too(void)
{
    make_file(here, "source", 3 * IO_BYTES + 5);
    static const enum pc_sparse sparse[] = {PC_SPARSE_AUTO, PC_SPARSE_ALWAYS, PC_SPARSE_NEVER};
    for (int i = 0; i < 3; i++) {
        begin_copy(here, PC_AUTO);
        copy_context.sparse = sparse[i];
        CHECK_EQUAL(1001, pc_copy_file(&copy, 1000));
        CHECK_EQUAL(3 * IO_BYTES + 5, pc_copy_rest(&copy, 1001, false));
        CHECK_EQUAL(3 * IO_BYTES + 5, pc_copy_rest(&copy, 3 * IO_BYTES + 5, false));
        end_copy();
        check_target_is_same();
    }
    remove_source();
    make_file(here, "source", IO_BYTES);
    begin_copy(here, PC_BUFFERED);
    CHECK_EQUAL(1001, pc_copy_file_via_buffer(&copy, 1000));
    CHECK_EQUAL(IO_BYTES, pc_copy_rest(&copy, 1001, true));
    char *back = test_memory(IO_BYTES);
    CHECK_EQUAL(IO_BYTES, pc_read_at(copy.source, back, IO_BYTES, 0));
    CHECK(memcmp(back, copy.io, IO_BYTES) == 0);
    end_copy();
    check_target_is_same();
}

static void what_does_not_fit_the_memory_is_measured(void)
{
    make_file(here, "source", 3 * IO_BYTES + 5);
    begin_copy(here, PC_BUFFERED);
    CHECK_EQUAL(1001, pc_copy_file_via_buffer(&copy, 1000));
    CHECK_EQUAL(3 * IO_BYTES + 5, pc_copy_rest(&copy, 1001, true));
    copy_context.stop = 1;
    CHECK(pc_failed_with(pc_copy_rest(&copy, 1001, true), EINTR));
    CHECK(pc_failed_with(pc_copy_rest(&copy, 1001, false), EINTR));
    end_copy();
}

/* For every length, method, and end of the last data. */
static void a_longer_source_is_noticed_by_every_method(void)
{
    make_file(here, "source", 2 * IO_BYTES + 4096);
    FOR_EACH_METHOD(method)
    {
        static const int64_t said[] = {
            100, 8192, IO_BYTES - 1, IO_BYTES, IO_BYTES + 1, 2 * IO_BYTES, 2 * IO_BYTES + 4095,
        };
        for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
            begin_copy(here, (enum pc_method)method);
            CHECK_EQUAL(said[i] + 1, pc_copy_file(&copy, said[i]));
            end_copy();
        }
    }
    remove_source();
    make_sparse(here, "source", "xxxx....x", 0); /* the last data is not at the end in the status */
    begin_copy(here, PC_SPLICE);
    CHECK(pc_copy_file(&copy, 6 * 65536) > 6 * 65536);
    end_copy();
}

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
            begin_copy(here, method);
            CHECK(ftruncate(copy.target, size) == 0);
            int64_t range = 3 * 65536;
            for (int64_t offset = size / range * range; offset >= 0; offset -= range) {
                int64_t bytes = size - offset < range ? size - offset : range;
                CHECK_EQUAL(bytes, copy_range(offset, bytes));
            }
            CHECK_EQUAL(size, copy_context.bytes);
            end_copy();
            check_target_is_same();
        }
        remove_source();
    }
}

static void a_range_touches_nothing_outside_it(void)
{
    make_file(here, "source", 100000);
    FOR_EACH_METHOD(method) {
        begin_copy(here, method);
        CHECK(ftruncate(copy.target, 100000) == 0);
        CHECK_EQUAL(33, copy_range(50001, 33));
        end_copy();
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
        begin_copy(here, method);
        CHECK_EQUAL(100, copy_range(IO_BYTES, 1000));
        CHECK_EQUAL(0, copy_range(IO_BYTES + 100, 1000));
        CHECK_EQUAL(0, copy_range(10 * MIB, 1000));
        CHECK_EQUAL(0, copy_range(5, 0));
        CHECK_EQUAL(100, copy_context.bytes);
        end_copy();
    }
    remove_source();
    make_sparse(here, "source", "x...", 0); /* it ends in a hole */
    begin_copy(here, PC_BUFFERED);
    CHECK_EQUAL(2 * 65536, copy_range(2 * 65536, 10 * MIB));
    end_copy();
}

static void impossible_ranges_are_refused(void)
{
    make_file(here, "source", 10);
    begin_copy(here, PC_BUFFERED);
    CHECK(pc_failed_with(copy_range(-1, 10), EINVAL));
    CHECK(pc_failed_with(copy_range(0, -1), EINVAL));
    CHECK(pc_failed_with(copy_range(INT64_MAX, 1), EINVAL));
    CHECK_EQUAL(10, copy_range(0, INT64_MAX));
    copy_context.method = PC_REFLINK + 1;
    CHECK(pc_failed_with(copy_range(0, 10), EINVAL));
    copy_context.method = -1;
    CHECK(pc_failed_with(copy_range(0, 10), EINVAL));
    end_copy();
}

static void a_stop_is_heeded_before_a_range(void)
{
    make_file(here, "source", 3 * IO_BYTES);
    begin_copy(here, PC_BUFFERED);
    copy_context.stop = 1;
    CHECK_EQUAL(0, copy_range(0, 3 * IO_BYTES));
    CHECK_EQUAL(0, fault[FAULT_PREAD].calls);
    end_copy();
}

static void set_stop(void)
{
    copy_context.stop = 1;
}

static void a_stop_is_heeded_between_pieces(void)
{
    make_file(here, "source", 40 * MIB);
    begin_copy(here, PC_BUFFERED);
    fault[FAULT_PREAD] = (struct fault){.skip = 1, .times = 1, .before = set_stop};
    CHECK_EQUAL(2 * IO_BYTES, copy_range(0, 40 * MIB));
    CHECK_EQUAL(2 * IO_BYTES, copy_context.bytes);
    end_copy();
    begin_copy(here, PC_COPY_FILE_RANGE);
    fault[FAULT_COPY_FILE_RANGE] = (struct fault){.times = 1, .before = set_stop};
    int64_t done = copy_range(0, 40 * MIB);
    if (fault[FAULT_COPY_FILE_RANGE].calls == 0)
        test_skip("built without copy_file_range");
    CHECK(done > 0 && done <= PC_PIECE_BYTES_MAX);
    end_copy();
}

/* Injects this fault into every call that transfers data. */
static void trouble(struct fault wanted)
{
    static const enum fault_call calls[] = {
        FAULT_PREAD, FAULT_PWRITE, FAULT_COPY_FILE_RANGE, FAULT_SPLICE_FROM, FAULT_SPLICE_TO, FAULT_FTRUNCATE,
    };
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        fault[calls[i]] = wanted;
}

static void short_and_interrupted_transfers_are_resumed(void)
{
    make_sparse(here, "source", "xx.xxx.x", 321);
    int64_t bytes = status_of(here, "source").st_size;
    FOR_EACH_METHOD(method) {
        begin_copy(here, method);
        trouble((struct fault){.times = 3, .error = EINTR});
        fault[FAULT_IOCTL] = fault[FAULT_PREAD];
        CHECK_EQUAL(bytes, pc_copy_file(&copy, bytes));
        end_copy();
        check_target_is_same();
        if (method == PC_DIRECT) /* the kernel never truncates those to unaligned lengths */
            continue;
        begin_copy(here, method);
        trouble((struct fault){.times = INT_MAX, .bytes_max = 20011});
        CHECK_EQUAL(bytes, pc_copy_file(&copy, bytes));
        end_copy();
        check_target_is_same();
    }
}

static void what_is_not_ready_is_asked_again_but_not_for_ever(void)
{
    make_file(here, "source", 3 * IO_BYTES);
    FOR_EACH_METHOD(method) {
        begin_copy(here, method);
        trouble((struct fault){.times = 3, .error = EAGAIN});
        CHECK_EQUAL(3 * IO_BYTES, pc_copy_file(&copy, 3 * IO_BYTES));
        end_copy();
        check_target_is_same();
    }
    begin_copy(here, PC_BUFFERED);
    fault[FAULT_PREAD] = (struct fault){.times = INT_MAX, .error = EAGAIN};
    CHECK_EQUAL(pc_failed(PC_READ, EAGAIN), pc_copy_file(&copy, 3 * IO_BYTES));
    end_copy();
}

static void a_short_read_of_a_small_file_is_resumed(void)
{
    make_file(here, "source", 5000);
    begin_copy(here, PC_BUFFERED);
    fault[FAULT_PREAD] = (struct fault){.times = INT_MAX, .bytes_max = 1001};
    CHECK_EQUAL(5000, pc_copy_file(&copy, 5000));
    end_copy();
    check_target_is_same();
}

static void a_write_that_gets_nowhere_is_an_error(void)
{
    make_file(here, "source", 100);
    static const enum pc_method methods[] = {PC_BUFFERED, PC_SPLICE};
    for (size_t i = 0; i < 2; i++) {
        begin_copy(here, methods[i]);
        fault[FAULT_PWRITE] = fault[FAULT_SPLICE_TO] = (struct fault){.times = INT_MAX, .nothing = 1};
        CHECK_EQUAL(pc_failed(PC_WRITE, EIO), pc_copy_file(&copy, 100));
        end_copy();
    }
}

static const struct test_case cases[] = {
    {"a file of any size is copied", a_file_of_any_size_is_copied},
    {"a small file takes one read and one write", a_small_file_takes_one_read_and_one_write},
    {"a file that has grown or shrunk is found out", a_file_that_has_grown_or_shrunk_is_found_out},
    {"what is behind the end that was said is copied, too", what_is_behind_the_end_that_was_said_is_copied_too},
    {"what does not fit the memory is measured", what_does_not_fit_the_memory_is_measured},
    {"a longer source is noticed by every method", a_longer_source_is_noticed_by_every_method},
    {"a file without a size is read all the same", a_file_without_a_size_is_read_all_the_same},
    {"ranges make a file whatever their order", ranges_make_a_file_whatever_their_order},
    {"a range touches nothing outside it", a_range_touches_nothing_outside_it},
    {"the end of the source ends a range", the_end_of_the_source_ends_a_range},
    {"impossible ranges are refused", impossible_ranges_are_refused},
    {"a stop is heeded before a range", a_stop_is_heeded_before_a_range},
    {"a stop is heeded between pieces", a_stop_is_heeded_between_pieces},
    {"short and interrupted transfers are resumed", short_and_interrupted_transfers_are_resumed},
    {"what is not ready is asked again but not for ever", what_is_not_ready_is_asked_again_but_not_for_ever},
    {"a short read of a small file is resumed", a_short_read_of_a_small_file_is_resumed},
    {"a write that gets nowhere is an error", a_write_that_gets_nowhere_is_an_error},
};

int main(void)
{
    return TEST_RUN(cases);
}
