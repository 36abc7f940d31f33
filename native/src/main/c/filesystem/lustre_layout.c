#include "pcircle_config.h"

#include "filesystem/lustre_layout.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "filesystem/filesystem.h"
#include "filesystem/lustre_api.h"
#include "filesystem/lustre_lov.h"
#include "record/attribute_loss.h"
#include "sys/open_file.h"
#include "sys/retry.h"

/*
 * Lustre's O_LOV_DELAY_CREATE, of which clients since 2.6 check only these two bits: the file is created without
 * objects. On other file systems they have no effect on a regular file.
 */
enum { DELAY_OBJECTS = O_NOCTTY | O_ASYNC };

static const char attribute[] = "lustre.lov";

bool pc_is_layout_attribute(const char *name)
{
    static const char lustre[] = "lustre.", trusted[] = "trusted.";
    static const char *const names[] = {"lov", "lma", "lmv", "dmv", "link", "fid", "som", "hsm", "version"};
    if (strncmp(name, lustre, sizeof lustre - 1) == 0)
        return true;
    if (strncmp(name, trusted, sizeof trusted - 1) != 0)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(name + sizeof trusted - 1, names[i]) == 0)
            return true;
    return false;
}

enum pc_layout_choice pc_layout_choice_between(enum pc_layout_choice choice, int source_dir, int target_dir)
{
    if (choice == PC_LAYOUT_INHERIT || !pc_is_lustre(target_dir))
        return PC_LAYOUT_INHERIT;
    return choice == PC_LAYOUT_AUTO || pc_is_lustre(source_dir) ? choice : PC_LAYOUT_INHERIT;
}

/*
 * As lfs migrate -A: the square root of the size in GiB, plus one. The number of OSTs is not needed: Lustre limits the
 * stripes to it.
 */
int pc_stripes_for(uint64_t bytes)
{
    uint64_t gib = bytes >> 30;
    int stripes = 1;
    while (stripes < PC_LOV_STRIPES_MAX && (uint64_t)stripes * (uint64_t)stripes <= gib)
        stripes++;
    return stripes;
}

/* ---- setting a layout ---- */

struct value {
    size_t bytes;
    char data[PC_LOV_BYTES_MAX];
};

/* A layout to set on a file or directory. */
struct wanted {
    int source;         /* the library copies it from this descriptor; -1: set by the attribute */
    bool fewer_will_do; /* stripes suffice */
    struct value value;
};

static int read_value(int fd, struct value *value)
{
    ssize_t bytes = PC_RETRY(fgetxattr(fd, attribute, value->data, sizeof value->data));
    value->bytes = bytes < 0 ? 0 : (size_t)bytes;
    return bytes < 0 ? -errno : 0;
}

/*
 * Reads the layout of an open file or directory, to set it on another. Returns 0; -ENODATA if it has none; or -errno.
 */
static int want_that_of(int source, struct wanted *wanted)
{
    wanted->source = -1;
    wanted->fewer_will_do = false;
    int error = read_value(source, &wanted->value);
    if (error < 0)
        return error;
    error = pc_lov_check(wanted->value.data, wanted->value.bytes);
    if (error == 0)
        pc_lov_renew(wanted->value.data);
    else if (error == -EOPNOTSUPP)
        wanted->source = source;
    return error == -EOPNOTSUPP ? 0 : error;
}

static void want_for_size(uint64_t bytes, struct wanted *wanted)
{
    wanted->source = -1;
    wanted->fewer_will_do = true;
    wanted->value.bytes = pc_lov_striped(wanted->value.data, pc_stripes_for(bytes));
}

static int give(int target, const struct wanted *wanted)
{
    if (wanted->source >= 0)
        return pc_lustre_api_copy_layout(wanted->source, target);
    const struct value *value = &wanted->value;
    return PC_RETRY(fsetxattr(target, attribute, value->data, value->bytes, 0)) < 0 ? -errno : 0;
}

static uint32_t differences(const struct wanted *wanted, const struct value *present)
{
    const struct value *value = &wanted->value;
    uint32_t differs = pc_lov_differences(value->data, value->bytes, present->data, present->bytes);
    bool has_fewer = differs == PC_LOV_STRIPE_COUNT
        && pc_lov_component(present->data, 0).stripe_count < pc_lov_component(value->data, 0).stripe_count;
    return wanted->fewer_will_do && has_fewer ? 0 : differs;
}

/*
 * Sets the layout and reads it back. Lustre returns 0 without effect where there are objects already, and old clients
 * always do.
 */
static struct pc_layout_outcome give_and_look(int target, const struct wanted *wanted)
{
    struct value present;
    int error = give(target, wanted);
    if (error == 0)
        error = read_value(target, &present);
    if (error < 0)
        return (struct pc_layout_outcome){.error = -error};
    return (struct pc_layout_outcome){.differs = differences(wanted, &present)};
}

/* ---- files ---- */

/* The kernel checks access to lustre.lov by the mode, not by the descriptor. So these bits are set temporarily. */
enum { LENT = S_IRUSR | S_IWUSR };

static int take_back(int fd, mode_t mode)
{
    mode_t lent = LENT & ~mode;
    if (lent == 0)
        return 0;
    struct stat status;
    if (PC_RETRY(fstat(fd, &status)) < 0)
        return -errno;
    return PC_RETRY(fchmod(fd, status.st_mode & 07777 & ~lent)) < 0 ? -errno : 0;
}

static int discard(int fd, int dir, const char *name)
{
    close(fd);
    return PC_RETRY(unlinkat(dir, name, 0)) == 0 || errno == ENOENT ? 0 : -errno;
}

static int create_as_wanted(
    int dir, const char *name, mode_t mode, const struct wanted *wanted, struct pc_layout_outcome *outcome)
{
    const int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | DELAY_OBJECTS;
    int fd = PC_RETRY(openat(dir, name, flags, mode | LENT));
    if (fd < 0)
        return -errno;
    *outcome = give_and_look(fd, wanted);
    if (outcome->error != 0) {
        /* A file without a layout takes no data (EBADF), and its mode may not permit opening it again. */
        int error = discard(fd, dir, name);
        return error < 0 ? error : pc_create_name(dir, name, mode);
    }
    int error = take_back(fd, mode);
    if (error == 0)
        return fd;
    discard(fd, dir, name);
    return error;
}

static int create_like(
    int dir, const char *name, mode_t mode, const struct pc_layout_wish *wish, struct pc_layout_outcome *outcome)
{
    struct wanted wanted;
    int error = 0;
    if (wish->choice == PC_LAYOUT_AUTO)
        want_for_size(wish->bytes, &wanted);
    else
        error = want_that_of(wish->source, &wanted);
    if (error == 0)
        return create_as_wanted(dir, name, mode, &wanted, outcome);
    outcome->error = error == -ENODATA ? 0 : -error;
    return pc_create_name(dir, name, mode);
}

int pc_create_with_layout(
    int dir, const char *name, mode_t mode, const struct pc_layout_wish *wish, struct pc_layout_outcome *outcome)
{
    *outcome = (struct pc_layout_outcome){0};
    if (wish->choice == PC_LAYOUT_INHERIT)
        return pc_create_name(dir, name, mode);
    return create_like(dir, name, mode, wish, outcome);
}

struct pc_range_boundaries pc_layout_boundaries(int fd)
{
    struct value value;
    if (read_value(fd, &value) < 0)
        return (struct pc_range_boundaries){0};
    return pc_range_boundaries_of(value.data, value.bytes);
}

/* ---- directories ---- */

static struct pc_layout_outcome remove_default(int target)
{
    bool is_gone = PC_RETRY(fremovexattr(target, attribute)) == 0 || errno == ENODATA;
    return (struct pc_layout_outcome){.error = is_gone ? 0 : errno};
}

/* Whether the target has it already, byte for byte: mkdir inherits it, so mostly it does. */
static bool has(int target, const struct value *wanted)
{
    struct value present;
    return read_value(target, &present) == 0 && present.bytes == wanted->bytes
        && memcmp(present.data, wanted->data, wanted->bytes) == 0;
}

struct pc_layout_outcome pc_copy_default_layout(int source, int target, bool exactly)
{
    struct wanted wanted;
    int error = want_that_of(source, &wanted);
    if (error == -ENODATA)
        return exactly ? remove_default(target) : (struct pc_layout_outcome){0};
    if (error < 0)
        return (struct pc_layout_outcome){.error = -error};
    return has(target, &wanted.value) ? (struct pc_layout_outcome){0} : give_and_look(target, &wanted);
}

void pc_preserve_default_layout(int source, int target, bool exactly, struct pc_loss *loss)
{
    struct pc_layouts layouts = pc_layouts_between(source, target, loss->context);
    struct pc_layout_outcome outcome = {0};
    if (layouts.choice == PC_LAYOUT_PRESERVE)
        outcome = pc_copy_default_layout(source, target, exactly);
    pc_layout_note(&layouts, &outcome, loss);
}

void pc_layout_note(
    const struct pc_layouts *layouts, const struct pc_layout_outcome *outcome, struct pc_loss *loss)
{
    int error = layouts->not_preserved ? EOPNOTSUPP : outcome->error;
    if (error != 0 || outcome->differs != 0)
        pc_not_preserved(loss, PC_LAYOUT, error);
}

struct pc_layouts pc_layouts_between(int source_dir, int target_dir, const struct pc_context *context)
{
    enum pc_layout_choice wanted = (enum pc_layout_choice)context->layout;
    struct pc_layouts layouts = {.choice = pc_layout_choice_between(wanted, source_dir, target_dir)};
    layouts.not_preserved =
        wanted == PC_LAYOUT_PRESERVE && layouts.choice == PC_LAYOUT_INHERIT && pc_is_lustre(source_dir);
    return layouts;
}
