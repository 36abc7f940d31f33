#include <errno.h>
#include <stdint.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "attribute/creation_defaults.h"
#include "attribute/mode.h"
#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"
#include "sys/open_file.h"

static const struct pc_xattrs no_xattrs = {.source = {.fd = PC_NO_FILE}};
static const uint32_t all = PC_PRESERVE_OWNERSHIP | PC_PRESERVE_MODE | PC_PRESERVE_TIMESTAMPS;

/* Creates a file for the entry as the copiers do, and returns its predicted attributes. */
static struct pc_present create(
    struct pc_creation_defaults *defaults, const struct pc_entry *entry, const char *name, struct pc_context *context)
{
    mode_t mode = pc_creation_defaults_mode(defaults, entry, &no_xattrs, context);
    int fd = pc_create_name(here, name, mode);
    CHECK(fd >= 0);
    struct pc_present present;
    CHECK_EQUAL(0, pc_creation_defaults_present(defaults, entry, fd, mode, context, &present));
    close(fd);
    return present;
}

static struct pc_entry *record_with_mode(mode_t mode)
{
    if (!is_there(here, "source"))
        make_file(here, "source", 1);
    struct pc_entry *entry = record_of(here, "source");
    entry->mode = S_IFREG | mode;
    return entry;
}

static void without_ownership_a_file_gets_its_mode_at_once(void)
{
    pc_umask(0);
    struct pc_context context = context_for(PC_BUFFERED);
    struct pc_creation_defaults defaults = pc_creation_defaults_in(here, &context);
    struct pc_entry *entry = record_with_mode(0666);
    CHECK_EQUAL(0666, pc_creation_defaults_mode(&defaults, entry, &no_xattrs, &context));
    CHECK_EQUAL(0666, create(&defaults, entry, "file", &context).mode);
    CHECK_EQUAL(0666, status_of(here, "file").st_mode & 07777);
    CHECK(!defaults.owner_is_known); /* not needed */
}

static void under_an_unknown_umask_nothing_is_believed(void)
{
    struct pc_context context = context_for(PC_BUFFERED);
    struct pc_creation_defaults defaults = pc_creation_defaults_in(here, &context);
    CHECK_EQUAL(PC_MODE_UNKNOWN, create(&defaults, record_with_mode(0644), "file", &context).mode);
}

static void nobody_looks_into_a_file_before_its_owner_is_known(void)
{
    pc_umask(0);
    struct pc_context context = {.preserve = all};
    struct pc_creation_defaults defaults = pc_creation_defaults_in(here, &context);
    struct pc_entry *entry = record_with_mode(0644);
    CHECK_EQUAL(0600, pc_creation_defaults_mode(&defaults, entry, &no_xattrs, &context));
    create(&defaults, entry, "first", &context);
    CHECK(defaults.owner_is_known);
    CHECK_EQUAL(geteuid(), defaults.uid);
    CHECK_EQUAL(0644, pc_creation_defaults_mode(&defaults, entry, &no_xattrs, &context));
    entry->uid++; /* and this one's has to be changed */
    CHECK_EQUAL(0600, pc_creation_defaults_mode(&defaults, entry, &no_xattrs, &context));
}

static void a_setgid_directory_gives_its_group(void)
{
    test_needs_root();
    pc_umask(0);
    CHECK(fchown(here, 0, 12345) == 0 && fchmod(here, 02700) == 0);
    struct pc_context context = {.preserve = all};
    struct pc_creation_defaults defaults = pc_creation_defaults_in(here, &context);
    struct pc_entry *entry = record_with_mode(0644);
    entry->gid = 0;
    CHECK_EQUAL(12345, create(&defaults, entry, "first", &context).gid);
    CHECK(!pc_creation_defaults_owner_stays(&defaults, entry, &context));
    entry->gid = 12345;
    CHECK(pc_creation_defaults_owner_stays(&defaults, entry, &context));
}

static void a_default_acl_makes_modes_uncertain(void)
{
    /* version 2; user::rwx group::r-- other::--- */
    static const unsigned char acl[] = {
        2, 0, 0, 0, 1, 0, 7, 0, 255, 255, 255, 255, 4, 0, 4, 0, 255, 255, 255, 255, 32, 0, 0, 0, 255, 255, 255, 255,
    };
    pc_umask(0);
    if (fsetxattr(here, "system.posix_acl_default", acl, sizeof acl, 0) < 0)
        test_skip("no ACLs here");
    struct pc_context context = context_for(PC_BUFFERED);
    struct pc_creation_defaults defaults = pc_creation_defaults_in(here, &context);
    CHECK_EQUAL(PC_MODE_UNKNOWN, create(&defaults, record_with_mode(0666), "file", &context).mode);
    CHECK_EQUAL(0640, status_of(here, "file").st_mode & 07777);

    context.preserve = 0; /* then the directory's rules apply */
    defaults = pc_creation_defaults_in(here, &context);
    CHECK_EQUAL(0666, create(&defaults, record_with_mode(0666), "other", &context).mode);
}

static void a_setuid_file_is_looked_at_whatever_is_known(void)
{
    pc_umask(0);
    struct pc_context context = context_for(PC_BUFFERED);
    struct pc_creation_defaults defaults = pc_creation_defaults_in(here, &context);
    defaults.owner_is_known = true;
    defaults.uid = defaults.gid = 12345; /* no longer */
    struct pc_present present = create(&defaults, record_with_mode(04755), "file", &context);
    CHECK_EQUAL(geteuid(), present.uid);
    CHECK_EQUAL(0755, present.mode);
}

static const struct test_case cases[] = {
    {"without ownership a file gets its mode at once", without_ownership_a_file_gets_its_mode_at_once},
    {"under an unknown umask nothing is believed", under_an_unknown_umask_nothing_is_believed},
    {"nobody looks into a file before its owner is known", nobody_looks_into_a_file_before_its_owner_is_known},
    {"a setgid directory gives its group", a_setgid_directory_gives_its_group},
    {"a default ACL makes modes uncertain", a_default_acl_makes_modes_uncertain},
    {"a setuid file is looked at whatever is known", a_setuid_file_is_looked_at_whatever_is_known},
};

int main(void)
{
    return TEST_RUN(cases);
}
