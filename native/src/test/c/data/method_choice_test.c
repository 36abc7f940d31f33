#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "data/copy.h"
#include "data/method_choice.h"
#include "support/copies.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

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
        begin_copy(here, PC_AUTO);
        for (size_t j = 0; j < sizeof calls / sizeof calls[0]; j++)
            fault[calls[j]] = (struct fault){.times = INT_MAX, .error = errors[i]};
        CHECK_EQUAL(2 * IO_BYTES, copy_whole_and_range());
        CHECK(fault[FAULT_IOCTL].calls <= 1); /* and with the next error for good */
        CHECK(fault[FAULT_SPLICE_FROM].calls <= 1);
        CHECK_EQUAL(0, fault[FAULT_SPLICE_TO].calls);
        end_copy();
        check_target_is_same();
        CHECK_EQUAL(pc_method_bit(PC_BUFFERED), pc_methods_left(pc_method_choice_between(here, here)));
    }
}

static void what_does_not_suit_one_file_is_tried_with_the_next(void)
{
    static const int errors[] = {EPERM, EINVAL, ETXTBSY, ENODATA};
    make_file(here, "source", 2 * IO_BYTES);
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++) {
        uint32_t before = pc_methods_left(pc_method_choice_between(here, here));
        begin_copy(here, PC_AUTO);
        fault[FAULT_IOCTL] = fault[FAULT_SPLICE_TO] = (struct fault){.times = INT_MAX, .error = errors[i]};
        CHECK_EQUAL(2 * IO_BYTES, copy_whole_and_range());
        CHECK(fault[FAULT_SPLICE_TO].calls <= 2); /* once each time */
        CHECK_EQUAL(before, pc_methods_left(pc_method_choice_between(here, here)));
        end_copy();
        check_target_is_same();
    }
}

static void without_a_pipe_there_is_another_way(void)
{
    make_file(here, "source", 2 * IO_BYTES);
    begin_copy(here, PC_AUTO);
    fault[FAULT_IOCTL] = (struct fault){.times = INT_MAX, .error = EOPNOTSUPP};
    fault[FAULT_PIPE2] = (struct fault){.times = INT_MAX, .error = EMFILE};
    CHECK_EQUAL(2 * IO_BYTES, copy_whole_and_range());
    end_copy();
    check_target_is_same();
}

static void a_small_pipe_will_do(void)
{
    make_file(here, "source", 2 * IO_BYTES);
    begin_copy(here, PC_SPLICE);
    fault[FAULT_SETPIPE] = (struct fault){.times = INT_MAX, .error = EPERM};
    CHECK_EQUAL(2 * IO_BYTES, copy_whole_and_range());
    CHECK(copy_pipe.bytes >= 4096 && copy_pipe.bytes < 1 << 20);
    end_copy();
    check_target_is_same();
    begin_copy(here, PC_SPLICE);
    fault[FAULT_SETPIPE] = (struct fault){.times = 1, .error = EPERM};
    CHECK_EQUAL(2 * IO_BYTES, copy_whole_and_range());
    CHECK_EQUAL(2, fault[FAULT_SETPIPE].calls);
    end_copy();
}

static void what_a_failed_write_leaves_in_the_pipe_reaches_no_other_file(void)
{
    make_file(here, "source", 2 * IO_BYTES);
    begin_copy(here, PC_SPLICE);
    fault[FAULT_SPLICE_TO] = (struct fault){.times = 1, .error = ENOSPC};
    CHECK_EQUAL(pc_failed(PC_WRITE, ENOSPC), pc_copy_file(&copy, 2 * IO_BYTES));
    CHECK_EQUAL(2 * IO_BYTES, copy_whole_and_range());
    end_copy();
    check_target_is_same();
}

static void direct_transfers_leave_no_mark_on_the_descriptors(void)
{
    if (!works_here(PC_DIRECT))
        test_skip("no O_DIRECT here");
    make_file(here, "source", 2 * IO_BYTES + 5);
    begin_copy(here, PC_DIRECT);
    CHECK_EQUAL(2 * IO_BYTES + 5, pc_copy_file(&copy, 2 * IO_BYTES + 5));
    CHECK(fault[FAULT_SETFL].calls > 0);
    CHECK(!(fcntl(copy.source, F_GETFL) & O_DIRECT) && !(fcntl(copy.target, F_GETFL) & O_DIRECT));
    end_copy();
    begin_copy(here, PC_DIRECT);
    fault[FAULT_SETFL] = (struct fault){.skip = 1, .times = 1, .error = EINVAL};
    CHECK_EQUAL(pc_failed(PC_COPY, EINVAL), pc_copy_file(&copy, 2 * IO_BYTES));
    CHECK(!(fcntl(copy.source, F_GETFL) & O_DIRECT) && !(fcntl(copy.target, F_GETFL) & O_DIRECT));
    end_copy();
}

static void memory_need_not_be_aligned_for_direct_transfers(void)
{
    if (!works_here(PC_DIRECT))
        test_skip("no O_DIRECT here");
    make_file(here, "source", 2 * IO_BYTES + 5);
    begin_copy(here, PC_DIRECT);
    copy.io = (char *)copy.io + 24;
    copy.io_bytes -= 24;
    CHECK_EQUAL(2 * IO_BYTES + 5, pc_copy_file(&copy, 2 * IO_BYTES + 5));
    copy.io = (char *)copy.io - 24;
    end_copy();
    check_target_is_same();
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

static void short_direct_transfers_are_resumed(void)
{
    if (!works_here(PC_DIRECT))
        test_skip("no O_DIRECT here");
    make_sparse(here, "source", "xx.xxx.x", 321);
    int64_t bytes = status_of(here, "source").st_size;
    begin_copy(here, PC_DIRECT);
    trouble((struct fault){.times = INT_MAX, .bytes_max = 3 * 4096});
    CHECK_EQUAL(bytes, pc_copy_file(&copy, bytes));
    end_copy();
    check_target_is_same();
}

static void a_clone_is_a_copy_where_there_are_clones(void)
{
    make_sparse(here, "source", ".x.xx.", 77);
    int64_t bytes = status_of(here, "source").st_size;
    begin_copy(here, PC_AUTO);
    CHECK(ftruncate(copy.target, bytes) == 0);
    bool cloned = works_here(PC_REFLINK);
    CHECK_EQUAL(cloned ? bytes : 0, pc_clone_file(&copy));
    CHECK_EQUAL(cloned ? bytes : 0, copy_context.bytes);
    end_copy();
    if (cloned)
        check_target_is_same();
    begin_copy(here, PC_REFLINK);
    int64_t result = pc_clone_file(&copy);
    CHECK(cloned ? result == bytes : result < 0);
    end_copy();
    begin_copy(here, PC_BUFFERED);
    CHECK_EQUAL(0, pc_clone_file(&copy));
    end_copy();
}

static void a_clone_that_fails_is_no_reason_to_copy(void)
{
    make_file(here, "source", 2 * IO_BYTES);
    begin_copy(here, PC_AUTO);
    fault[FAULT_IOCTL] = (struct fault){.times = INT_MAX, .error = EIO};
    CHECK_EQUAL(pc_failed(PC_COPY, EIO), pc_clone_file(&copy));
    CHECK_EQUAL(0, copy_context.bytes);
    CHECK(pc_failed_with(pc_copy_file(&copy, 2 * IO_BYTES), EIO));
    end_copy();
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
        begin_copy(here, calls[i].method);
        fault[calls[i].call] = (struct fault){.times = INT_MAX, .error = EXDEV};
        CHECK(pc_copy_file(&copy, 100) < 0);
        CHECK_EQUAL(calls[i].method, copy_context.method);
        CHECK_EQUAL(0, fault[FAULT_PWRITE].calls);
        end_copy();
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
            begin_copy(here, calls[i].method);
            fault[calls[i].call] = (struct fault){.times = 1, .error = errors[j]};
            CHECK_EQUAL(pc_failed(calls[i].operation, errors[j]), pc_copy_range(&copy, 0, 2 * IO_BYTES));
            CHECK_EQUAL(calls[i].method, copy_context.method);
            CHECK_EQUAL(0, copy_context.bytes);
            end_copy();
        }
    }
    begin_copy(here, PC_BUFFERED);
    fault[FAULT_PWRITE] = (struct fault){.skip = 1, .times = 1, .error = ENOSPC};
    CHECK_EQUAL(pc_failed(PC_WRITE, ENOSPC), pc_copy_file(&copy, 2 * IO_BYTES));
    end_copy();
}

/* Methods that copy within the kernel return ENOSPC for either side. Reading and writing shows which one. */
static void a_method_that_finds_no_room_leaves_it_to_one_that_knows_whose(void)
{
    if (!works_here(PC_SPLICE))
        test_skip("no splice here");
    make_file(here, "source", 2 * IO_BYTES);
    begin_copy(here, PC_AUTO);
    fault[FAULT_IOCTL] = (struct fault){.times = INT_MAX, .error = ENOSPC};
    fault[FAULT_SPLICE_FROM] = (struct fault){.times = INT_MAX, .error = EDQUOT};
    fault[FAULT_PREAD] = (struct fault){.times = 1, .error = EDQUOT};
    CHECK_EQUAL(pc_failed(PC_READ, EDQUOT), pc_copy_range(&copy, 0, 2 * IO_BYTES));
    CHECK(!pc_is_full(pc_failed(PC_READ, EDQUOT)));
    CHECK(pc_is_full(pc_failed(PC_WRITE, EDQUOT)) && pc_is_full(pc_failed(PC_CREATE, ENOSPC)));
    end_copy();
}

static void a_kernel_that_says_end_too_early_is_not_believed(void)
{
    make_file(here, "source", 2 * IO_BYTES);
    static const enum pc_method methods[] = {PC_COPY_FILE_RANGE, PC_SPLICE};
    for (size_t i = 0; i < 2; i++) {
        begin_copy(here, methods[i]);
        fault[FAULT_COPY_FILE_RANGE] = fault[FAULT_SPLICE_FROM] = (struct fault){.times = INT_MAX, .nothing = 1};
        CHECK_EQUAL(2 * IO_BYTES, pc_copy_file(&copy, 2 * IO_BYTES));
        end_copy();
        check_target_is_same();
    }
}

static void a_small_file_is_read_and_written_unless_forced(void)
{
    make_file(here, "source", 4096);
    begin_copy(here, PC_AUTO);
    CHECK_EQUAL(4096, pc_copy_file(&copy, 4096));
    CHECK_EQUAL(1, fault[FAULT_PREAD].calls);
    CHECK_EQUAL(1, fault[FAULT_PWRITE].calls);
    CHECK_EQUAL(0, fault[FAULT_STATX].calls);
    end_copy();
    begin_copy(here, PC_COPY_FILE_RANGE);
    fault[FAULT_COPY_FILE_RANGE] = (struct fault){.times = INT_MAX, .error = EIO};
    CHECK(pc_copy_file(&copy, 4096) < 0);
    end_copy();
}

static const struct test_case cases[] = {
    {"what the kernel can never do here it is asked once", what_the_kernel_can_never_do_here_it_is_asked_once},
    {"what does not suit one file is tried with the next", what_does_not_suit_one_file_is_tried_with_the_next},
    {"without a pipe there is another way", without_a_pipe_there_is_another_way},
    {"a small pipe will do", a_small_pipe_will_do},
    {"what a failed write leaves in the pipe reaches no other file",
        what_a_failed_write_leaves_in_the_pipe_reaches_no_other_file},
    {"direct transfers leave no mark on the descriptors", direct_transfers_leave_no_mark_on_the_descriptors},
    {"memory need not be aligned for direct transfers", memory_need_not_be_aligned_for_direct_transfers},
    {"short direct transfers are resumed", short_direct_transfers_are_resumed},
    {"a clone is a copy where there are clones", a_clone_is_a_copy_where_there_are_clones},
    {"a clone that fails is no reason to copy", a_clone_that_fails_is_no_reason_to_copy},
    {"a forced method does not step down", a_forced_method_does_not_step_down},
    {"what failed is named and does not step down", what_failed_is_named_and_does_not_step_down},
    {"a method that finds no room leaves it to one that knows whose",
     a_method_that_finds_no_room_leaves_it_to_one_that_knows_whose},
    {"a kernel that says end too early is not believed", a_kernel_that_says_end_too_early_is_not_believed},
    {"a small file is read and written unless forced", a_small_file_is_read_and_written_unless_forced},
};

int main(void)
{
    return TEST_RUN(cases);
}
