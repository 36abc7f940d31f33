/*
 * A stand-in for liblustreapi: the functions that pcircle uses, with their conventions, over the attribute lustre.lov,
 * as the real one. It understands one kind of layout that pcircle does not know (LATER), as a release to come might.
 *
 * LUSTREAPI_RELEASE is the release whose functions it has: 207 (no components), 210, 217. 0: one function is missing.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/xattr.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

enum { V1 = 0x0bd10bd0, V3 = 0x0bd30bd0, COMPOSITE = 0x0bd60bd0, LATER = 0x0bd90bd0 };
enum { FIRST = 1, LAST = 2, NEXT = 3, PREVIOUS = 4 };
enum { VALUE_BYTES = 64 << 10, ENTRY_BYTES = 48, HEADER_BYTES = 32, OFFSET_IN_LUM = 30, STRIPES_MAX = 2000 };
static const uint64_t layout_default = 0x1000000000000002;

struct llapi_layout {
    unsigned current; /* component */
    size_t bytes;
    char lov[VALUE_BYTES];
};

/* As declared in lustre/lustreapi.h. */
struct llapi_layout *llapi_layout_get_by_fd(int fd, uint32_t flags);
int llapi_layout_ost_index_set(struct llapi_layout *layout, int stripe, uint64_t index);
int llapi_layout_file_open(const char *path, int flags, mode_t mode, const struct llapi_layout *layout);
void llapi_layout_free(struct llapi_layout *layout);
int llapi_layout_comp_use(struct llapi_layout *layout, uint32_t which);
void llapi_msg_set_level(int level);

static uint32_t number_at(const char *at)
{
    uint32_t number;
    memcpy(&number, at, sizeof number);
    return number;
}

static unsigned count_components(const struct llapi_layout *layout)
{
    uint16_t count = 1;
    if (number_at(layout->lov) == COMPOSITE)
        memcpy(&count, layout->lov + 14, sizeof count);
    return count;
}

static char *lum_of(struct llapi_layout *layout, unsigned component)
{
    char *entry = layout->lov + HEADER_BYTES + component * ENTRY_BYTES;
    return number_at(layout->lov) == COMPOSITE ? layout->lov + number_at(entry + 24) : layout->lov;
}

/* The library takes the first object's place for where the layout shall begin. */
static void take_places(struct llapi_layout *layout)
{
    for (unsigned i = 0; i < count_components(layout); i++) {
        char *lum = lum_of(layout, i);
        size_t header = number_at(lum) == V3 ? 48 : 32;
        size_t bytes = number_at(layout->lov) == COMPOSITE
            ? number_at(layout->lov + HEADER_BYTES + i * ENTRY_BYTES + 28)
            : layout->bytes;
        if (bytes > header)
            memcpy(lum + OFFSET_IN_LUM, lum + header + 20, sizeof(uint16_t));
    }
    layout->current = count_components(layout) - 1; /* where the library's own loop has left it */
}

/* Reads a layout, or what stands for none. Returns 0, or -1 and errno. */
static int read_layout(int fd, struct llapi_layout *layout)
{
    static const uint32_t none[8] = {V1, 1, 0, 0, 0, 0, 0, 0xffff0000};
    ssize_t bytes = fgetxattr(fd, "lustre.lov", layout->lov, sizeof layout->lov);
    if (bytes < 0 && errno == ENODATA) {
        memcpy(layout->lov, none, sizeof none);
        bytes = sizeof none;
    }
    if (bytes < 0) {
        errno = errno == EOPNOTSUPP ? ENOTTY : errno;
        return -1;
    }
    uint32_t magic = bytes < HEADER_BYTES ? 0 : number_at(layout->lov);
    layout->bytes = (size_t)bytes;
    if (magic == V1 || magic == V3 || magic == COMPOSITE || magic == LATER)
        return 0;
    errno = EOPNOTSUPP;
    return -1;
}

EXPORT struct llapi_layout *llapi_layout_get_by_fd(int fd, uint32_t flags)
{
    (void)flags;
    struct llapi_layout *layout = calloc(1, sizeof *layout);
    if (!layout)
        return NULL;
    if (read_layout(fd, layout) < 0) {
        free(layout);
        return NULL;
    }
    take_places(layout);
    return layout;
}

EXPORT int llapi_layout_ost_index_set(struct llapi_layout *layout, int stripe, uint64_t index)
{
    uint16_t first = index == layout_default ? 0xffff : (uint16_t)index;
    if (!layout || stripe != 0 || (index != layout_default && index >= STRIPES_MAX)) {
        errno = EINVAL;
        return -1;
    }
    memcpy(lum_of(layout, layout->current) + OFFSET_IN_LUM, &first, sizeof first);
    return 0;
}

EXPORT void llapi_layout_free(struct llapi_layout *layout)
{
    free(layout);
}

#if LUSTREAPI_RELEASE >= 210
EXPORT int llapi_layout_comp_use(struct llapi_layout *layout, uint32_t which)
{
    unsigned last = count_components(layout) - 1;
    if (LUSTREAPI_RELEASE < 211 && number_at(layout->lov) != COMPOSITE) {
        errno = EINVAL;
        return -1;
    }
    if ((which == NEXT && layout->current == last) || (which == PREVIOUS && layout->current == 0)) {
        errno = ENOENT;
        return 1;
    }
    switch (which) {
    case FIRST:
        layout->current = 0;
        return 0;
    case LAST:
        layout->current = last;
        return 0;
    case NEXT:
        layout->current++;
        return 0;
    case PREVIOUS:
        layout->current--;
        return 0;
    default:
        errno = EINVAL;
        return -1;
    }
}
#endif

#if LUSTREAPI_RELEASE > 0
EXPORT int llapi_layout_file_open(const char *path, int flags, mode_t mode, const struct llapi_layout *layout)
{
    int fd = open(path, layout && flags & O_CREAT ? flags | O_NOCTTY | O_ASYNC : flags, mode);
    if (fd < 0 || !layout)
        return fd;
    int result = fsetxattr(fd, "lustre.lov", layout->lov, layout->bytes, 0);
    errno = errno == EOPNOTSUPP ? ENOTTY : errno;
    if (result == 0)
        return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}
#endif

EXPORT void llapi_msg_set_level(int level)
{
    (void)level;
}
