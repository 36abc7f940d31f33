#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "entries/hard_link.h"
#include "entries/read_entries.h"
#include "support/batches.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"
#include "sys/temporary_name.h"

static void begin(enum pc_existing existing)
{
    begin_batch();
    context.existing = existing;
    strcpy(context.temporary_prefix, ".fcp.test.");
    make_file(target_dir, "first", 10);
}

static int link_as(const char *name)
{
    return pc_hard_link(target_dir, "first", target_dir, name, false, &context);
}

static bool is_first(const char *name)
{
    return status_of(target_dir, "first").st_ino == status_of(target_dir, name).st_ino;
}

static void an_entry_gets_another_name(void)
{
    begin(PC_REFUSE);
    CHECK_EQUAL(0, link_as("second"));
    CHECK(is_first("second"));
    CHECK(symlinkat("nowhere", target_dir, "link") == 0);
    CHECK_EQUAL(0, pc_hard_link(target_dir, "link", here, "other", false, &context));
    CHECK(S_ISLNK(status_of(here, "other").st_mode));
}

static void a_name_that_is_taken_stays_unless_it_may_be_replaced(void)
{
    begin(PC_REFUSE);
    make_file(target_dir, "second", 20);
    CHECK_EQUAL(pc_failed(PC_LINK, EEXIST), link_as("second"));
    context.existing = PC_REPLACE;
    make_file(target_dir, pc_temporary_of("second", context.temporary_prefix).name, 30);
    CHECK_EQUAL(0, link_as("second"));
    CHECK(is_first("second"));
    CHECK_EQUAL(2, count_entries(target_dir));
    CHECK_EQUAL(1, link_as("second"));
    close(make_directory(target_dir, "directory"));
    CHECK(pc_failed_with(link_as("directory"), EISDIR));
}

static void what_cannot_be_linked_is_said(void)
{
    begin(PC_UPDATE_DIFFERING);
    fault[FAULT_LINKAT] = (struct fault){.times = 1, .error = EMLINK};
    CHECK(pc_failed_with(link_as("second"), EMLINK));
    CHECK(!is_there(target_dir, "second"));
    CHECK(pc_failed_with(pc_hard_link(target_dir, "missing", target_dir, "second", false, &context), ENOENT));
}

static void what_an_entry_holds_can_be_read(void)
{
    begin(PC_REFUSE);
    char *io = test_memory(IO_BYTES);
    CHECK(symlinkat("somewhere", target_dir, "link") == 0);
    CHECK(mkfifoat(target_dir, "fifo", 0600) == 0);
    struct pc_entry *entry = record_of(target_dir, "first");
    CHECK_EQUAL(10, pc_read_content(target_dir, "first", entry, io, IO_BYTES));
    char content[10];
    int fd = openat(target_dir, "first", O_RDONLY | O_CLOEXEC);
    CHECK_EQUAL(10, read(fd, content, sizeof content));
    close(fd);
    CHECK(memcmp(io, content, sizeof content) == 0);
    entry->size = 11;
    CHECK(pc_failed_with(pc_read_content(target_dir, "first", entry, io, IO_BYTES), ESTALE));
    CHECK(pc_failed_with(pc_read_content(target_dir, "first", entry, io, 10), EINVAL));
    CHECK_EQUAL(9, pc_read_content(target_dir, "link", record_of(target_dir, "link"), io, IO_BYTES));
    CHECK(memcmp(io, "somewhere", 9) == 0);
    CHECK_EQUAL(0, pc_read_content(target_dir, "fifo", record_of(target_dir, "fifo"), io, IO_BYTES));
}

static const struct test_case cases[] = {
    {"an entry gets another name", an_entry_gets_another_name},
    {"a name that is taken stays unless it may be replaced", a_name_that_is_taken_stays_unless_it_may_be_replaced},
    {"what cannot be linked is said", what_cannot_be_linked_is_said},
    {"what an entry holds can be read", what_an_entry_holds_can_be_read},
};

int main(void)
{
    return TEST_RUN(cases);
}
