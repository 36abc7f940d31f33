#include "entries/probe.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "support/files.h"
#include "support/test.h"

static struct pc_context context;

static struct pc_probe probe_of(int source, int target)
{
    struct pc_probe probe;
    context = context_for(PC_AUTO);
    strcpy(context.temporary_prefix, ".fcp.test.");
    int descriptors = count_descriptors(), sources = count_entries(source), targets = count_entries(target);
    CHECK_EQUAL(0, pc_probe(source, target, &context, &probe));
    CHECK_EQUAL(descriptors, count_descriptors());
    CHECK_EQUAL(sources, count_entries(source));
    CHECK_EQUAL(targets, count_entries(target));
    return probe;
}

static void memory_can_do_all_but_share(void)
{
    int memory = test_mount_tmpfs("memory", "8M");
    struct pc_probe probe = probe_of(memory, memory);
    CHECK_EQUAL(1, probe.granularity_ns);
    CHECK_EQUAL(PC_SPLICE, probe.taken);
    CHECK_EQUAL(0, probe.errors[PC_BUFFERED]);
    CHECK_EQUAL(0, probe.errors[PC_SPLICE]);
    CHECK_EQUAL(0, probe.errors[PC_COPY_FILE_RANGE]);
    CHECK(probe.errors[PC_REFLINK] < 0);
    CHECK_EQUAL(0, probe.holes_error);
    CHECK_EQUAL(0, probe.acl_error);
}

static void xfs_shares_its_data(void)
{
    int xfs = test_mount_image("xfs", "400M");
    struct pc_probe probe = probe_of(xfs, xfs);
    CHECK_EQUAL(PC_REFLINK, probe.taken);
    CHECK_EQUAL(0, probe.errors[PC_REFLINK]);
    CHECK_EQUAL(0, probe.xattr_error);
    CHECK_EQUAL(0, probe.acl_error);
}

static void between_two_file_systems_nothing_is_shared(void)
{
    int source = test_mount_tmpfs("source", "8M");
    int target = test_mount_image("ext2", "16M");
    struct pc_probe probe = probe_of(source, target);
    CHECK_EQUAL(1000000000, probe.granularity_ns);
    CHECK_EQUAL(-EXDEV, probe.errors[PC_REFLINK]);
    CHECK_EQUAL(0, probe.errors[PC_BUFFERED]);
}

static void a_full_file_system_is_said(void)
{
    int memory = test_mount_tmpfs("memory", "64K");
    struct pc_probe probe;
    context = context_for(PC_AUTO);
    CHECK(pc_failed_with(pc_probe(memory, memory, &context, &probe), ENOSPC));
    CHECK_EQUAL(0, count_entries(memory));
}

static void where_no_file_can_be_made_nothing_is_known(void)
{
    int closed = make_directory(here, "closed");
    CHECK(fchmod(closed, 0555) == 0);
    test_become_user();
    struct pc_probe probe;
    context = context_for(PC_AUTO);
    CHECK_EQUAL(pc_failed(PC_CREATE, EACCES), pc_probe(closed, closed, &context, &probe));
}

static const struct test_case cases[] = {
    {"memory can do all but share", memory_can_do_all_but_share},
    {"xfs shares its data", xfs_shares_its_data},
    {"between two file systems nothing is shared", between_two_file_systems_nothing_is_shared},
    {"a full file system is said", a_full_file_system_is_said},
    {"where no file can be made nothing is known", where_no_file_can_be_made_nothing_is_known},
};

int main(void)
{
    return TEST_RUN(cases);
}
