#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/create_large.h"
#include "support/batches.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

static struct pc_range_boundaries cuts;

static int create(const char *name, int64_t bytes)
{
    struct pc_loss loss = {.context = &context};
    return pc_create_large(source_dir, "source", target_dir, name, bytes, &cuts, &loss);
}

static void begin(void)
{
    begin_batch();
    make_file(source_dir, "source", 10);
}

static void a_created_file_is_ours_alone_and_all_hole(void)
{
    begin();
    CHECK_EQUAL(0, create("file", 5 * MIB + 1));
    struct stat status = status_of(target_dir, "file");
    CHECK_EQUAL(S_IFREG | 0600, status.st_mode);
    CHECK_EQUAL(5 * MIB + 1, status.st_size);
    int fd = openat(target_dir, "file", O_RDONLY | O_CLOEXEC);
    CHECK_EQUAL(-1, lseek(fd, 0, SEEK_DATA));
    close(fd);
    CHECK_EQUAL(0, cuts.count);
}

static void a_name_that_is_taken_is_not_created(void)
{
    begin();
    make_file(target_dir, "file", 10);
    CHECK(symlinkat("elsewhere", target_dir, "link") == 0);
    CHECK_EQUAL(pc_failed(PC_CREATE, EEXIST), create("file", 0));
    CHECK(pc_failed_with(create("link", 0), EEXIST));
    CHECK_EQUAL(10, status_of(target_dir, "file").st_size);
    CHECK(!is_there(target_dir, "elsewhere"));
}

static void a_source_that_cannot_be_opened_creates_nothing(void)
{
    begin();
    struct pc_loss loss = {.context = &context};
    int result = pc_create_large(source_dir, "missing", target_dir, "file", 1, &cuts, &loss);
    CHECK_EQUAL(pc_failed(PC_OPEN, ENOENT), result);
    CHECK_EQUAL(0, count_entries(target_dir));
}

static void a_file_that_cannot_have_its_length_is_taken_back(void)
{
    begin();
    int descriptors = count_descriptors();
    fault[FAULT_FTRUNCATE] = (struct fault){.times = 1, .error = EFBIG};
    CHECK(pc_failed_with(create("file", 1), EFBIG));
    CHECK(pc_failed_with(create("file", -1), EINVAL));
    CHECK_EQUAL(0, count_entries(target_dir));
    fault[FAULT_FTRUNCATE] = (struct fault){.times = 2, .error = EINTR};
    CHECK_EQUAL(0, create("file", 7));
    CHECK_EQUAL(7, status_of(target_dir, "file").st_size);
    CHECK_EQUAL(descriptors, count_descriptors());
}

static const struct test_case cases[] = {
    {"a created file is ours alone and all hole", a_created_file_is_ours_alone_and_all_hole},
    {"a name that is taken is not created", a_name_that_is_taken_is_not_created},
    {"a source that cannot be opened creates nothing", a_source_that_cannot_be_opened_creates_nothing},
    {"a file that cannot have its length is taken back", a_file_that_cannot_have_its_length_is_taken_back},
};

int main(void)
{
    return TEST_RUN(cases);
}
