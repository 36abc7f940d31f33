#include "allot.h"

#include <errno.h>
#include <string.h>

#include "tree.h"

enum {
    V1 = 0x0bd10bd0,
    V3 = 0x0bd30bd0,
    COMPOSITE = 0x0bd60bd0,
    LATER = 0x0bd90bd0, /* an unknown kind of layout, as a later release may have it, structured like V1 */
    RAID0 = 1,
    MDT = 0x100,
    OVERSTRIPING = 0x200,
    INIT = 0x10,
    MIB = 1 << 20,
    ANY = 0xffff,
    ALL = 0xffe0,      /* 0xffff: as many stripes as there are OSTs, 0xfffe: twice as many, and so on */
    STRIPES_MAX = 128, /* the space that ext4 has for it */
    OBJECT_BYTES = 24,
    UNIT = 64 << 10, /* stripes are multiples of it */
};

static const uint32_t released = 0x80000000;

struct lum {
    uint32_t magic, pattern;
    uint64_t id[2];
    uint32_t stripe_size;
    uint16_t stripe_count, stripe_offset;
    char pool[16];
};

struct header {
    uint32_t magic, size, generation;
    uint16_t flags, entry_count, mirror_count, padding[7];
};

struct entry {
    uint32_t id, flags;
    uint64_t start, end;
    uint32_t offset, size, generation, padding[3];
};

_Static_assert(sizeof(struct lum) == 48 && sizeof(struct header) == 32 && sizeof(struct entry) == 48, "as in Lustre");

static size_t lum_bytes(uint32_t magic)
{
    return magic == V1 || magic == LATER ? 32 : magic == V3 ? 48 : 0;
}

static bool is_possible(const struct lum *lum)
{
    uint32_t pattern = lum->pattern & ~released & ~(uint32_t)OVERSTRIPING;
    bool is_known = pattern == 0 || pattern == RAID0 || (pattern == MDT && lum->stripe_count == 0);
    bool is_wide = lum->stripe_count >= ALL;
    bool has_room = is_wide || lum->stripe_count <= STRIPES_MAX || !(lum->pattern & OVERSTRIPING);
    return is_known && has_room && lum->stripe_size % UNIT == 0;
}

static void fill_in(struct lum *lum)
{
    if (lum->pattern == 0)
        lum->pattern = RAID0;
    if (lum->stripe_size == 0)
        lum->stripe_size = MIB;
    if (lum->pattern & MDT)
        return;
    if (lum->stripe_count == 0)
        lum->stripe_count = 1;
    if (lum->stripe_count >= ALL)
        lum->stripe_count = (uint16_t)((0x10000 - lum->stripe_count) * count_osts());
    if (lum->stripe_count > count_osts() && !(lum->pattern & OVERSTRIPING))
        lum->stripe_count = (uint16_t)count_osts();
}

/* Writes an object for each stripe; returns their bytes. */
static size_t make_objects(const struct lum *lum, uint64_t file, char *objects)
{
    if (lum->pattern & (MDT | released))
        return 0;
    unsigned osts = count_osts();
    unsigned first = lum->stripe_offset != ANY ? lum->stripe_offset : osts > 1 ? 1 + (unsigned)(file % (osts - 1)) : 0;
    for (unsigned i = 0; i < lum->stripe_count; i++) {
        uint64_t id[2] = {file, i};
        uint32_t place[2] = {0, (first + i) % osts};
        memcpy(objects + i * OBJECT_BYTES, id, sizeof id);
        memcpy(objects + i * OBJECT_BYTES + sizeof id, place, sizeof place);
    }
    return (size_t)lum->stripe_count * OBJECT_BYTES;
}

/* Writes one plain layout, with objects if asked for. Releases before 2.17 return 0 as its first OST. */
static ssize_t allot_plain(const char *wanted, size_t bytes, bool objects, bool is_file, uint64_t file, char *given)
{
    struct lum lum = {0};
    if (bytes < 32)
        return -ERANGE;
    memcpy(&lum, wanted, 32);
    size_t size = lum_bytes(lum.magic);
    if (size == 0 || bytes < size)
        return -ERANGE;
    memcpy(&lum, wanted, size);
    if (!is_possible(&lum))
        return -EINVAL;
    size_t tail = 0;
    if (objects) {
        fill_in(&lum);
        tail = make_objects(&lum, file, given + size);
    }
    if (is_file) {
        lum.id[0] = file;
        lum.stripe_offset = 0;
    }
    memcpy(given, &lum, size);
    return (ssize_t)(size + tail);
}

static ssize_t allot_component(
    const char *wanted, struct entry *entry, bool is_directory, uint64_t file, char *given, size_t at)
{
    bool objects = !is_directory && entry->start == 0;
    ssize_t bytes = allot_plain(wanted + entry->offset, entry->size, objects, !is_directory, file, given + at);
    if (bytes < 0)
        return bytes;
    entry->flags = objects ? entry->flags | INIT : entry->flags & ~(uint32_t)INIT;
    entry->offset = (uint32_t)at;
    entry->size = (uint32_t)bytes;
    return bytes;
}

static ssize_t allot_composite(const char *wanted, size_t bytes, bool is_directory, uint64_t file, char *given)
{
    struct header header;
    if (bytes < sizeof header)
        return -ERANGE;
    memcpy(&header, wanted, sizeof header);
    size_t at = sizeof header + header.entry_count * sizeof(struct entry);
    if (header.entry_count == 0 || header.size > bytes || at > header.size)
        return -ERANGE;
    for (unsigned i = 0; i < header.entry_count; i++) {
        struct entry entry;
        size_t place = sizeof header + i * sizeof entry;
        memcpy(&entry, wanted + place, sizeof entry);
        bool is_inside = entry.offset <= header.size && entry.size <= header.size - entry.offset;
        if (!is_inside || at + sizeof(struct lum) + STRIPES_MAX * OBJECT_BYTES > VALUE_BYTES)
            return -ERANGE;
        ssize_t part = allot_component(wanted, &entry, is_directory, file, given, at);
        if (part < 0)
            return part;
        memcpy(given + place, &entry, sizeof entry);
        at += (size_t)part;
    }
    header.size = (uint32_t)at;
    memcpy(given, &header, sizeof header);
    return (ssize_t)at;
}

ssize_t allot(const void *wanted, size_t bytes, bool is_directory, uint64_t file, void *given)
{
    uint32_t magic = 0;
    if (bytes >= sizeof magic)
        memcpy(&magic, wanted, sizeof magic);
    return magic == COMPOSITE ? allot_composite(wanted, bytes, is_directory, file, given)
                              : allot_plain(wanted, bytes, !is_directory, !is_directory, file, given);
}

ssize_t allot_usual(void *wanted)
{
    struct lum lum = {.magic = V1, .pattern = RAID0, .stripe_offset = ANY};
    memcpy(wanted, &lum, 32);
    return 32;
}
