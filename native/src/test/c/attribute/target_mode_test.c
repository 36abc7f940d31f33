#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "attribute/target_mode.h"
#include "support/files.h"
#include "support/test.h"

/* Version 2 of u::rwx,g::r-x,u:1001:rwx,m::rw-,o::--x, and the same without the user and the mask. */
static const unsigned char acl[] = {
    2, 0, 0, 0,
    1, 0, 7, 0, 255, 255, 255, 255,
    2, 0, 7, 0, 233, 3, 0, 0,
    4, 0, 5, 0, 255, 255, 255, 255,
    16, 0, 6, 0, 255, 255, 255, 255,
    32, 0, 1, 0, 255, 255, 255, 255,
};
static const unsigned char short_acl[] = {
    2, 0, 0, 0,
    1, 0, 7, 0, 255, 255, 255, 255,
    4, 0, 5, 0, 255, 255, 255, 255,
    32, 0, 1, 0, 255, 255, 255, 255,
};

static void give_default_acl(const void *value, size_t bytes)
{
    if (fsetxattr(here, "system.posix_acl_default", value, bytes, 0) < 0)
        test_skip("no ACLs here");
}

static struct pc_entry *with_mode(mode_t mode)
{
    if (!is_there(here, "source"))
        make_file(here, "source", 1);
    struct pc_entry *entry = record_of(here, "source");
    entry->mode = mode;
    return entry;
}

static mode_t target_mode_of_new(mode_t mode, const struct pc_context *context)
{
    struct pc_entry *entry = with_mode(mode);
    pc_set_target_mode_of_new(entry, pc_permissions_in(here, context), context);
    return entry->mode;
}

static void a_new_entry_gets_the_sources_mode_less_the_umask(void)
{
    struct pc_context context = {.umask = 027};
    CHECK_EQUAL(S_IFREG | 0740, target_mode_of_new(S_IFREG | 06766, &context));
    CHECK_EQUAL(S_IFIFO | 0640, target_mode_of_new(S_IFIFO | 0666, &context));
    context.umask = 0;
    CHECK_EQUAL(S_IFREG | 0766, target_mode_of_new(S_IFREG | 0766, &context));
}

static void a_default_acl_takes_the_umasks_place(void)
{
    give_default_acl(acl, sizeof acl);
    struct pc_context context = {.umask = 077};
    CHECK_EQUAL(S_IFREG | 0761, target_mode_of_new(S_IFREG | 0777, &context));
    CHECK_EQUAL(S_IFREG | 0640, target_mode_of_new(S_IFREG | 0646, &context));
    give_default_acl(short_acl, sizeof short_acl);
    CHECK_EQUAL(S_IFREG | 0751, target_mode_of_new(S_IFREG | 0777, &context));
}

static void where_acls_are_preserved_it_does_not(void)
{
    give_default_acl(acl, sizeof acl);
    struct pc_context context = {.umask = 027, .preserve = PC_PRESERVE_ACL};
    CHECK_EQUAL(S_IFREG | 0750, target_mode_of_new(S_IFREG | 0777, &context));
}

static void what_is_replaced_lends_its_mode_to_its_own_type(void)
{
    struct pc_context context = {.umask = 027};
    struct pc_entry *entry = with_mode(S_IFREG | 0777);
    struct stat existing = {.st_mode = S_IFREG | 01602};
    pc_set_target_mode_from(entry, &existing, &context);
    CHECK_EQUAL(S_IFREG | 01602, entry->mode);
    existing.st_mode = S_IFIFO | 0600;
    pc_set_target_mode_from(entry, &existing, &context);
    CHECK_EQUAL(S_IFREG | 01602, entry->mode);
}

static void what_an_earlier_attempt_of_the_run_has_made_lends_none(void)
{
    struct pc_context context = {.resumed = 1, .started_s = 1000};
    struct pc_entry *entry = with_mode(S_IFREG | 0755);
    struct stat existing = {.st_mode = S_IFREG | 0600, .st_ctim = {.tv_sec = 1001}};
    pc_set_target_mode_from(entry, &existing, &context);
    CHECK_EQUAL(S_IFREG | 0755, entry->mode);
    existing.st_ctim.tv_sec = 999;
    pc_set_target_mode_from(entry, &existing, &context);
    CHECK_EQUAL(S_IFREG | 0600, entry->mode);
}

static void where_modes_are_preserved_the_target_mode_is_the_sources(void)
{
    struct pc_context context = {.umask = 077, .preserve = PC_PRESERVE_MODE};
    CHECK_EQUAL(S_IFREG | 06777, target_mode_of_new(S_IFREG | 06777, &context));
    struct pc_entry *entry = with_mode(S_IFREG | 0755);
    struct stat existing = {.st_mode = S_IFREG | 0600};
    pc_set_target_mode_from(entry, &existing, &context);
    CHECK_EQUAL(S_IFREG | 0755, entry->mode);
}

static void a_directory_keeps_its_mode_unless_it_is_new(void)
{
    struct pc_context context = {.umask = 027};
    close(make_directory(here, "directory"));
    CHECK(fchmodat(here, "directory", 02705, 0) == 0);
    CHECK_EQUAL(02705, pc_target_mode_of_directory(here, "directory", 07777, false, &context));
    CHECK_EQUAL(01750, pc_target_mode_of_directory(here, "directory", 07777, true, &context));
    CHECK_EQUAL(-ENOENT, pc_target_mode_of_directory(here, "missing", 07777, false, &context));
    CHECK(fchmod(here, 0751) == 0);
    CHECK_EQUAL(0751, pc_target_mode_of_directory(here, "", 07777, false, &context));
}

static void a_directory_is_of_this_run_if_it_was_born_after_its_start(void)
{
    struct statx status;
    close(make_directory(here, "born"));
    if (statx(here, "born", 0, STATX_BTIME, &status) < 0 || !(status.stx_mask & STATX_BTIME))
        test_skip("no birth times here");
    struct pc_context context = {.resumed = 1, .started_s = status.stx_btime.tv_sec - 1};
    CHECK(pc_is_directory_of_this_run(here, "born", &context));
    context.started_s += 2;
    CHECK(!pc_is_directory_of_this_run(here, "born", &context));
    context = (struct pc_context){.started_s = status.stx_btime.tv_sec - 1};
    CHECK(!pc_is_directory_of_this_run(here, "born", &context));
    CHECK(!pc_is_directory_of_this_run(here, "missing", &context));
}

static const struct test_case cases[] = {
    {"a new entry gets the source's mode less the umask", a_new_entry_gets_the_sources_mode_less_the_umask},
    {"a default ACL takes the umask's place", a_default_acl_takes_the_umasks_place},
    {"where ACLs are preserved it does not", where_acls_are_preserved_it_does_not},
    {"what is replaced lends its mode to its own type", what_is_replaced_lends_its_mode_to_its_own_type},
    {"what an earlier attempt of the run has made lends none", what_an_earlier_attempt_of_the_run_has_made_lends_none},
    {"where modes are preserved the target mode is the source's",
     where_modes_are_preserved_the_target_mode_is_the_sources},
    {"a directory keeps its mode unless it is new", a_directory_keeps_its_mode_unless_it_is_new},
    {"a directory is of this run if it was born after its start",
     a_directory_is_of_this_run_if_it_was_born_after_its_start},
};

int main(void)
{
    return TEST_RUN(cases);
}
