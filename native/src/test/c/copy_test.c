#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "copy.h"
#include "fault.h"
#include "files.h"
#include "test.h"

/* ---- a copy in the making: `source` and `target` in `here`, opened as the callers do ---- */

static struct pc_context context;
static struct pc_copy copy;

static void begin(enum pc_method method)
{
    context = context_for(method);
    if (!copy.io)
        copy.io = test_memory(IO_BYTES);
    copy.io_bytes = IO_BYTES;
    copy.context = &context;
    copy.source = openat(here, "source", O_RDONLY | O_CLOEXEC);
    copy.target = openat(here, "target", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    CHECK(copy.source >= 0 && copy.target >= 0);
    fault_clear();
}

static void end(void)
{
    close(copy.source);
    close(copy.target);
}

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
        for (int method = PC_BUFFERED; method <= PC_REFLINK; method++)
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
            check_copies_file(PC_BUFFERED);
            check_copies_file(PC_COPY_FILE_RANGE);
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
    check_copies_file(PC_BUFFERED);
    check_copies_file(PC_COPY_FILE_RANGE);
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

static void small_files_are_buffered_if_asked_and_not_forced(void)
{
    make_file(here, "source", 4096);
    for (int forced = 0; forced <= 1; forced++) {
        begin(PC_COPY_FILE_RANGE);
        context.small_buffered = 1;
        context.forced = forced;
        fault[FAULT_COPY_FILE_RANGE] = (struct fault){.times = INT_MAX, .error = EIO};
        int64_t result = pc_copy_file(&copy, 4096);
        CHECK(forced ? result < 0 : result == 4096);
        end();
    }
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
    begin(PC_COPY_FILE_RANGE);
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
        for (int method = PC_BUFFERED; method <= PC_COPY_FILE_RANGE; method += PC_COPY_FILE_RANGE) {
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
    for (int method = PC_BUFFERED; method <= PC_COPY_FILE_RANGE; method += PC_COPY_FILE_RANGE) {
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
    for (int method = PC_BUFFERED; method <= PC_COPY_FILE_RANGE; method += PC_COPY_FILE_RANGE) {
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

static void short_and_interrupted_transfers_go_on(void)
{
    make_sparse(here, "source", "xx.xxx.x", 321);
    int64_t bytes = status_of(here, "source").st_size;
    for (int method = PC_BUFFERED; method <= PC_COPY_FILE_RANGE; method += PC_COPY_FILE_RANGE) {
        begin(method);
        fault[FAULT_PREAD] = fault[FAULT_PWRITE] = (struct fault){.times = 3, .error = EINTR};
        fault[FAULT_COPY_FILE_RANGE] = fault[FAULT_FTRUNCATE] = fault[FAULT_PREAD];
        CHECK_EQUAL(bytes, pc_copy_file(&copy, bytes));
        end();
        check_same();
        begin(method);
        fault[FAULT_PREAD] = (struct fault){.times = INT_MAX, .bytes_max = 30011};
        fault[FAULT_PWRITE] = (struct fault){.times = INT_MAX, .bytes_max = 20011};
        fault[FAULT_COPY_FILE_RANGE] = fault[FAULT_PREAD];
        CHECK_EQUAL(bytes, pc_copy_file(&copy, bytes));
        end();
        check_same();
    }
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

static void what_the_kernel_cannot_do_here_it_is_asked_once(void)
{
    static const int errors[] = {EXDEV, ENOSYS, EPERM, EINVAL, EOPNOTSUPP, ENOTTY, ETXTBSY};
    make_file(here, "source", 2 * IO_BYTES);
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        begin(PC_COPY_FILE_RANGE);
        fault[FAULT_COPY_FILE_RANGE] = (struct fault){.times = INT_MAX, .error = errors[i]};
        CHECK_EQUAL(2 * IO_BYTES, pc_copy_file(&copy, 2 * IO_BYTES));
        CHECK_EQUAL(2 * IO_BYTES, pc_copy_range(&copy, 0, 2 * IO_BYTES));
        CHECK(fault[FAULT_COPY_FILE_RANGE].calls <= 1);
        CHECK_EQUAL(PC_BUFFERED, context.method);
        end();
        check_same();
    }
}

static void what_is_not_there_steps_down_and_is_remembered(void)
{
    make_file(here, "source", 2 * IO_BYTES);
    begin(PC_REFLINK);
    CHECK_EQUAL(2 * IO_BYTES, pc_copy_file(&copy, 2 * IO_BYTES));
    bool in_kernel = fault[FAULT_COPY_FILE_RANGE].calls > 0;
    CHECK_EQUAL(in_kernel ? PC_COPY_FILE_RANGE : PC_BUFFERED, context.method);
    end();
    begin(PC_SPLICE);
    CHECK_EQUAL(2 * IO_BYTES, pc_copy_file(&copy, 2 * IO_BYTES));
    CHECK_EQUAL(PC_BUFFERED, context.method);
    end();
}

static void a_forced_method_does_not_step_down(void)
{
    make_file(here, "source", 100);
    begin(PC_COPY_FILE_RANGE);
    context.forced = 1;
    fault[FAULT_COPY_FILE_RANGE] = (struct fault){.times = INT_MAX, .error = EXDEV};
    CHECK(pc_copy_file(&copy, 100) < 0);
    CHECK_EQUAL(PC_COPY, context.operation);
    CHECK_EQUAL(PC_COPY_FILE_RANGE, context.method);
    end();
    static const enum pc_method absent[] = {PC_DIRECT, PC_SPLICE, PC_REFLINK};
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++) {
        begin(absent[i]);
        context.forced = 1;
        CHECK_EQUAL(-EOPNOTSUPP, pc_copy_file(&copy, 100));
        CHECK_EQUAL(PC_COPY, context.operation);
        CHECK_EQUAL(absent[i], context.method);
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
        {FAULT_COPY_FILE_RANGE, PC_COPY_FILE_RANGE, PC_COPY},
    };
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        begin(calls[i].method);
        fault[calls[i].call] = (struct fault){.times = 1, .error = EIO};
        int64_t result = pc_copy_range(&copy, 0, 2 * IO_BYTES);
        if (fault[calls[i].call].calls == 0)
            continue; /* built without it */
        CHECK_EQUAL(-EIO, result);
        CHECK_EQUAL(calls[i].operation, context.operation);
        CHECK_EQUAL(calls[i].method, context.method);
        CHECK_EQUAL(0, context.bytes);
        end();
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
    begin(PC_BUFFERED);
    fault[FAULT_PWRITE] = (struct fault){.times = INT_MAX, .nothing = 1};
    CHECK_EQUAL(-EIO, pc_copy_file(&copy, 100));
    CHECK_EQUAL(PC_WRITE, context.operation);
    end();
}

static void a_kernel_that_says_end_too_early_is_not_believed(void)
{
    make_file(here, "source", 2 * IO_BYTES);
    begin(PC_COPY_FILE_RANGE);
    fault[FAULT_COPY_FILE_RANGE] = (struct fault){.times = INT_MAX, .nothing = 1};
    CHECK_EQUAL(2 * IO_BYTES, pc_copy_file(&copy, 2 * IO_BYTES));
    end();
    check_same();
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

static const struct test_case cases[] = {
    {"a file of any size is copied", a_file_of_any_size_is_copied},
    {"holes stay holes wherever they are", holes_stay_holes_wherever_they_are},
    {"a short file that is all hole gets no data", a_short_file_that_is_all_hole_gets_no_data},
    {"zeros that are data stay data", zeros_that_are_data_stay_data},
    {"without SEEK_DATA all is data", without_seek_data_all_is_data},
    {"a small file takes one read and one write", a_small_file_takes_one_read_and_one_write},
    {"small files are buffered if asked and not forced", small_files_are_buffered_if_asked_and_not_forced},
    {"a file that has grown or shrunk is found out", a_file_that_has_grown_or_shrunk_is_found_out},
    {"a file without a size is read all the same", a_file_without_a_size_is_read_all_the_same},
    {"ranges make a file whatever their order", ranges_make_a_file_whatever_their_order},
    {"a range touches nothing outside it", a_range_touches_nothing_outside_it},
    {"the end of the source ends a range", the_end_of_the_source_ends_a_range},
    {"impossible ranges are refused", impossible_ranges_are_refused},
    {"a stop is heeded before a range", a_stop_is_heeded_before_a_range},
    {"a stop is heeded between pieces", a_stop_is_heeded_between_pieces},
    {"short and interrupted transfers go on", short_and_interrupted_transfers_go_on},
    {"a short read of a small file goes on", a_short_read_of_a_small_file_goes_on},
    {"what the kernel cannot do here it is asked once", what_the_kernel_cannot_do_here_it_is_asked_once},
    {"what is not there steps down and is remembered", what_is_not_there_steps_down_and_is_remembered},
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
