#include "pcircle_config.h"

#include "filesystem/lustre_lov.h"

#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>

enum magic {
    V1 = 0x0bd10bd0,
    V3 = 0x0bd30bd0,
    SPECIFIC = 0x0bd50bd0,
    COMPOSITE = 0x0bd60bd0,
    FOREIGN = 0x0bd70bd0,
};

enum { ANY_OST = 0xffff, ALL_OSTS = 0xffe0 };

struct plain {
    uint32_t magic;
    uint32_t pattern;
    uint8_t id[16];
    uint32_t stripe_size;
    uint16_t stripe_count;
    uint16_t first_ost;
    char pool[16];
};

enum { V1_BYTES = offsetof(struct plain, pool) };

static_assert(V1_BYTES == 32 && sizeof(struct plain) == 48, "as drawn");
static_assert(offsetof(struct plain, stripe_size) == 24, "as drawn");

struct composite {
    uint32_t magic;
    uint32_t bytes;
    uint32_t generation;
    uint16_t flags;
    uint16_t count;
    uint16_t mirrors;
    uint8_t reserved[14];
};

static_assert(sizeof(struct composite) == 32 && offsetof(struct composite, mirrors) == 16, "as drawn");

struct entry {
    uint32_t id;
    uint32_t flags;
    uint64_t start;
    uint64_t end;
    uint32_t offset;
    uint32_t bytes;
    uint32_t generation;
    uint8_t newer[12];
};

static_assert(sizeof(struct entry) == 48 && offsetof(struct entry, generation) == 32, "as drawn");

/* ---- reading ---- */

static uint32_t magic_of(const char *value)
{
    uint32_t magic;
    memcpy(&magic, value, sizeof magic);
    return magic;
}

/* The length of a plain layout without its objects; 0 if it is not one. */
static size_t plain_bytes(uint32_t magic)
{
    switch (magic) {
    case V1:
        return V1_BYTES;
    case V3:
    case SPECIFIC:
        return sizeof(struct plain);
    default:
        return 0;
    }
}

static int check_plain(const char *value, size_t bytes)
{
    if (bytes < sizeof(uint32_t))
        return -EINVAL;
    uint32_t magic = magic_of(value);
    size_t wanted = plain_bytes(magic);
    if (wanted > 0)
        return bytes < wanted ? -EINVAL : 0;
    bool is_layout = (magic & 0xffff) == (V1 & 0xffff);
    return is_layout && magic != FOREIGN ? -EOPNOTSUPP : -EINVAL;
}

static struct plain read_plain(const char *value)
{
    struct plain plain = {0};
    memcpy(&plain, value, plain_bytes(magic_of(value)));
    return plain;
}

static struct composite read_composite(const char *value)
{
    struct composite composite;
    memcpy(&composite, value, sizeof composite);
    return composite;
}

static char *entry_at(const char *value, int index)
{
    return (char *)value + sizeof(struct composite) + (size_t)index * sizeof(struct entry);
}

static struct entry read_entry(const char *value, int index)
{
    struct entry entry;
    memcpy(&entry, entry_at(value, index), sizeof entry);
    return entry;
}

/*
 * Lustre writes the parts of a layout one after the other. None may overlap another here, so that changing one leaves
 * the others intact.
 */
static int check_composite(const char *value, size_t bytes)
{
    if (bytes < sizeof(struct composite))
        return -EINVAL;
    struct composite composite = read_composite(value);
    size_t end = sizeof composite + composite.count * sizeof(struct entry);
    if (composite.count == 0 || composite.bytes > bytes || end > composite.bytes)
        return -EINVAL;
    for (int i = 0; i < composite.count; i++) {
        struct entry entry = read_entry(value, i);
        if (entry.offset < end || entry.offset > composite.bytes || entry.bytes > composite.bytes - entry.offset)
            return -EINVAL;
        int error = check_plain(value + entry.offset, entry.bytes);
        if (error < 0)
            return error;
        end = entry.offset + entry.bytes;
    }
    return 0;
}

int pc_lov_check(const void *value, size_t bytes)
{
    bool is_composite = bytes >= sizeof(uint32_t) && magic_of(value) == COMPOSITE;
    return is_composite ? check_composite(value, bytes) : check_plain(value, bytes);
}

int pc_lov_components(const void *value)
{
    return magic_of(value) == COMPOSITE ? read_composite(value).count : 1;
}

struct pc_lov_component pc_lov_component(const void *value, int index)
{
    bool is_composite = magic_of(value) == COMPOSITE;
    struct entry entry = is_composite ? read_entry(value, index) : (struct entry){.end = UINT64_MAX};
    struct plain plain = read_plain((const char *)value + entry.offset);
    struct pc_lov_component component = {
        .start = entry.start,
        .end = entry.end,
        .flags = entry.flags,
        .pattern = plain.pattern,
        .stripe_size = plain.stripe_size,
        .stripe_count = plain.stripe_count,
        .first_ost = plain.first_ost,
    };
    memcpy(component.pool, plain.pool, sizeof component.pool - 1);
    return component;
}

/* ---- writing ---- */

static void renew_plain(char *value)
{
    struct plain plain = read_plain(value);
    plain.pattern &= ~(uint32_t)(PC_LOV_RELEASED | PC_LOV_HOLE);
    plain.first_ost = ANY_OST;
    memcpy(value, &plain, V1_BYTES);
}

static void renew_component(char *value, int index)
{
    struct entry entry = read_entry(value, index);
    entry.flags &= ~(uint32_t)(PC_LOV_STALE | PC_LOV_OFFLINE);
    memcpy(entry_at(value, index), &entry, sizeof entry);
    renew_plain(value + entry.offset);
}

void pc_lov_renew(void *value)
{
    if (magic_of(value) != COMPOSITE) {
        renew_plain(value);
        return;
    }
    for (int i = 0; i < pc_lov_components(value); i++)
        renew_component(value, i);
}

size_t pc_lov_striped(void *value, int stripes)
{
    struct plain plain = {
        .magic = V1,
        .pattern = PC_LOV_RAID0,
        .stripe_count = (uint16_t)stripes,
        .first_ost = ANY_OST,
    };
    memcpy(value, &plain, V1_BYTES);
    return V1_BYTES;
}

/* ---- comparing ---- */

/* Overstriping shows in the count; the other bits are the state of the file, not of its layout. */
static uint32_t kind_of_pattern(uint32_t pattern)
{
    return pattern & ~(uint32_t)(PC_LOV_OVERSTRIPING | PC_LOV_RELEASED | PC_LOV_HOLE);
}

static uint32_t compare(const struct pc_lov_component *wanted, const struct pc_lov_component *present)
{
    uint32_t differences = 0;
    if (wanted->start != present->start || wanted->end != present->end)
        differences |= PC_LOV_COMPONENTS;
    uint32_t pattern = kind_of_pattern(wanted->pattern);
    if (pattern != 0 && pattern != kind_of_pattern(present->pattern))
        differences |= PC_LOV_PATTERN;
    if (wanted->stripe_size != 0 && wanted->stripe_size != present->stripe_size)
        differences |= PC_LOV_STRIPE_SIZE;
    bool counts = wanted->stripe_count != 0 && wanted->stripe_count < ALL_OSTS;
    if (counts && wanted->stripe_count != present->stripe_count)
        differences |= PC_LOV_STRIPE_COUNT;
    if (wanted->pool[0] != '\0' && strcmp(wanted->pool, present->pool) != 0)
        differences |= PC_LOV_POOL;
    return differences;
}

uint32_t pc_lov_differences(const void *wanted, size_t wanted_bytes, const void *present, size_t present_bytes)
{
    if (pc_lov_check(wanted, wanted_bytes) < 0 || pc_lov_check(present, present_bytes) < 0) {
        bool is_same_kind = wanted_bytes >= sizeof(uint32_t) && present_bytes >= sizeof(uint32_t)
            && magic_of(wanted) == magic_of(present);
        return is_same_kind ? 0 : PC_LOV_KIND;
    }
    int count = pc_lov_components(wanted);
    if (count != pc_lov_components(present))
        return PC_LOV_COMPONENTS;
    uint32_t differences = 0;
    for (int i = 0; i < count; i++) {
        struct pc_lov_component a = pc_lov_component(wanted, i), b = pc_lov_component(present, i);
        differences |= compare(&a, &b);
    }
    return differences;
}
