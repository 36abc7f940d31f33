#include "support/layouts.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "support/files.h"
#include "support/test.h"

void set16(struct layout *layout, size_t offset, uint16_t number)
{
    memcpy(layout->value + offset, &number, sizeof number);
}

void set32(struct layout *layout, size_t offset, uint32_t number)
{
    memcpy(layout->value + offset, &number, sizeof number);
}

void set64(struct layout *layout, size_t offset, uint64_t number)
{
    memcpy(layout->value + offset, &number, sizeof number);
}

/* Appends one plain layout; returns its bytes. */
static size_t append_plain(struct layout *layout, const struct pc_lov_component *component)
{
    size_t at = layout->bytes;
    bool has_pool = component->pool[0] != '\0';
    set32(layout, at, has_pool ? 0x0bd30bd0 : 0x0bd10bd0);
    set32(layout, at + 4, component->pattern);
    set64(layout, at + 8, 0);
    set64(layout, at + 16, 0);
    set32(layout, at + 24, component->stripe_size);
    set16(layout, at + 28, component->stripe_count);
    set16(layout, at + 30, component->first_ost);
    memcpy(layout->value + at + 32, component->pool, sizeof component->pool);
    layout->bytes += has_pool ? 48 : 32;
    return layout->bytes - at;
}

struct layout plain_layout(uint32_t pattern, uint32_t stripe_size, int stripe_count, int first_ost, const char *pool)
{
    struct layout layout = {0};
    struct pc_lov_component component = {
        .pattern = pattern,
        .stripe_size = stripe_size,
        .stripe_count = (uint16_t)stripe_count,
        .first_ost = (uint16_t)first_ost,
    };
    snprintf(component.pool, sizeof component.pool, "%s", pool ? pool : "");
    append_plain(&layout, &component);
    return layout;
}

struct layout composite_layout(const struct pc_lov_component *components, int count)
{
    struct layout layout = {.bytes = 32 + 48 * (size_t)count};
    for (int i = 0; i < count; i++) {
        size_t entry = 32 + 48 * (size_t)i;
        set32(&layout, entry, (uint32_t)i + 1);
        set32(&layout, entry + 4, components[i].flags);
        set64(&layout, entry + 8, components[i].start);
        set64(&layout, entry + 16, components[i].end);
        set32(&layout, entry + 24, (uint32_t)layout.bytes);
        set32(&layout, entry + 28, (uint32_t)append_plain(&layout, &components[i]));
    }
    set32(&layout, 0, 0x0bd60bd0);
    set32(&layout, 4, (uint32_t)layout.bytes);
    set16(&layout, 14, (uint16_t)count);
    return layout;
}

struct layout progressive_layout(void)
{
    const struct pc_lov_component components[] = {
        {.end = MIB, .pattern = RAID0, .stripe_size = MIB, .stripe_count = 1, .first_ost = ANYWHERE},
        {.start = MIB, .end = 1 << 30, .pattern = RAID0, .stripe_size = MIB, .stripe_count = 2, .first_ost = ANYWHERE},
        {.start = 1 << 30, .end = end_of_files, .pattern = RAID0, .stripe_size = 4 * MIB, .stripe_count = 4,
         .first_ost = ANYWHERE},
    };
    return composite_layout(components, 3);
}

struct layout dom_layout(void)
{
    const struct pc_lov_component components[] = {
        {.end = 64 * KIB, .pattern = MDT, .stripe_size = 64 * KIB, .first_ost = ANYWHERE},
        {.start = 64 * KIB, .end = end_of_files, .pattern = RAID0, .stripe_size = MIB, .stripe_count = 1,
         .first_ost = ANYWHERE},
    };
    return composite_layout(components, 2);
}

int make_lustre(const char *name)
{
    char path[PATH_MAX + 256];
    int dir = make_directory(here, name);
    CHECK(realpath(here_path, path) != NULL);
    size_t bytes = strlen(path);
    snprintf(path + bytes, sizeof path - bytes, "/%s", name);
    CHECK(setenv("PCIRCLE_LUSTRE", path, 1) == 0);
    CHECK(setenv("PCIRCLE_LUSTRE_OSTS", "4", 1) == 0);
    char probe[8];
    if (fgetxattr(here, "user.pcircle.probe", probe, sizeof probe) < 0 && errno == EOPNOTSUPP)
        test_skip("no extended attributes here, in which the stand-in for Lustre keeps layouts");
    return dir;
}

void make_trouble(const char *word)
{
    CHECK((word ? setenv("PCIRCLE_LUSTRE_TROUBLE", word, 1) : unsetenv("PCIRCLE_LUSTRE_TROUBLE")) == 0);
}

void make_laid_out(int dir, const char *name, const struct layout *layout)
{
    int fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY | O_ASYNC, 0644);
    CHECK(fd >= 0);
    CHECK(fsetxattr(fd, "lustre.lov", layout->value, layout->bytes, 0) == 0);
    CHECK(close(fd) == 0);
}

void set_default(int dir, const struct layout *layout)
{
    CHECK(fsetxattr(dir, "lustre.lov", layout->value, layout->bytes, 0) == 0);
}

static ssize_t read_layout(int dir, const char *name, struct layout *layout)
{
    int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    CHECK(fd >= 0);
    ssize_t bytes = fgetxattr(fd, "lustre.lov", layout->value, sizeof layout->value);
    int error = errno;
    close(fd);
    errno = error;
    return bytes;
}

struct layout layout_of(int dir, const char *name)
{
    struct layout layout;
    ssize_t bytes = read_layout(dir, name, &layout);
    CHECK(bytes >= 0);
    layout.bytes = (size_t)bytes;
    return layout;
}

bool has_layout(int dir, const char *name)
{
    struct layout layout;
    bool has = read_layout(dir, name, &layout) >= 0;
    CHECK(has || errno == ENODATA);
    return has;
}

void install_library(int release)
{
    char path[PATH_MAX];
    ssize_t bytes = readlink("/proc/self/exe", path, sizeof path - 1);
    CHECK(bytes > 0);
    path[bytes] = '\0';
    char *name = strrchr(path, '/') + 1;
    snprintf(name, sizeof path - (size_t)(name - path), "lustreapi-%d/liblustreapi.so.1", release);
    CHECK(dlopen(path, RTLD_NOW | RTLD_LOCAL) != NULL); /* and whoever asks for that name is given this one */
}
