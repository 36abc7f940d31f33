#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * The value of the extended attribute lustre.lov: the layout of a file of Lustre, or of the files that a directory will
 * get. Lustre's lustre_user.h declares it; integers are in this machine's byte order. A plain layout:
 *
 *         0               4               8              12              16
 *     +---------------+---------------+---------------+---------------+
 *   0 |     magic     |    pattern    |         the file's id         |
 *     +---------------+---------------+---------------+-------+-------+
 *  16 |         the file's id         |  stripe_size  | count | first |
 *     +---------------+---------------+---------------+-------+-------+
 *  32 |     pool, 15 characters and NUL, with magic V3 and SPECIFIC   |
 *     +---------------------------------------------------------------+
 *     then 24 bytes for each object that a file has; a directory has none
 *
 * A composite one (progressive layouts, mirrors, files that begin on the metadata server):
 *
 *     +---------------+---------------+---------------+-------+-------+
 *   0 |     magic     |     bytes     |  generation   | flags | count |
 *     +-------+-------+---------------+---------------+-------+-------+
 *  16 |mirrors|                       reserved                        |
 *     +-------+-------------------------------------------------------+
 *     then for each component
 *     +---------------+---------------+---------------+---------------+
 *   0 |      id       |     flags     |             start             |
 *     +---------------+---------------+---------------+---------------+
 *  16 |              end              |    offset     |     bytes     |
 *     +---------------+---------------+---------------+---------------+
 *  32 |  generation   |       what newer versions put there           |
 *     +---------------+-----------------------------------------------+
 *     and at its offset, `bytes` long, a plain layout
 *
 * The functions have no state; any thread may call. The memory of a value needs no alignment.
 */

enum {
    PC_LOV_BYTES_MAX = 64 << 10, /* no extended attribute is longer */
    PC_LOV_STRIPES_MAX = 2000,
};

/*
 * A component: an extent of a file, and its striping. A plain layout is one component, from 0 to the end of all files.
 */
struct pc_lov_component {
    uint64_t start, end;   /* UINT64_MAX: the end of all files */
    uint32_t flags;        /* enum pc_lov_flag, or-ed; 0 in a plain layout */
    uint32_t pattern;      /* enum pc_lov_pattern, or-ed; 0: not chosen yet */
    uint32_t stripe_size;  /* in bytes; 0: not chosen yet */
    uint16_t stripe_count; /* 0: likewise, and for PC_LOV_MDT; 0xffe0 and more: all OSTs, or a multiple of that */
    uint16_t first_ost;    /* index of the first OST; 0xffff: any. Undefined where it was read from a file */
    char pool[16];         /* "" if none */
};

enum pc_lov_pattern {
    PC_LOV_RAID0 = 1,
    PC_LOV_MDT = 0x100,             /* on the metadata server */
    PC_LOV_OVERSTRIPING = 0x200,    /* several stripes on one OST */
    PC_LOV_HOLE = 0x40000000,       /* objects are missing */
    PC_LOV_RELEASED = (int)0x80000000, /* the data is in an archive only */
};

enum pc_lov_flag {
    PC_LOV_STALE = 1,
    PC_LOV_OFFLINE = 8,
    PC_LOV_INIT = 0x10,      /* has its objects */
    PC_LOV_EXTENSION = 0x40, /* room for the component before to grow into, in steps of stripe_size */
};

/*
 * Checks that a value is complete. Returns 0; -EOPNOTSUPP for unknown kinds of layouts; -EINVAL for damage, and for
 * files whose data is not in Lustre (foreign). The other functions take checked values only.
 */
int pc_lov_check(const void *value, size_t bytes);

/* The number of components, at least one. */
int pc_lov_components(const void *value);

struct pc_lov_component pc_lov_component(const void *value, int index);

/*
 * Turns the layout of one file into one for another: the stripes may begin on any OST, as copies would otherwise pile
 * up on the source's; no component is released to an archive or stale.
 */
void pc_lov_renew(void *value);

/* Writes a layout with so many stripes (1 to PC_LOV_STRIPES_MAX) of the default size. Returns its bytes. */
size_t pc_lov_striped(void *value, int stripes);

/* How a layout differs from the wanted one. */
enum pc_lov_difference {
    PC_LOV_KIND = 1, /* another kind of layout, and at least one is unknown */
    PC_LOV_COMPONENTS = 2,
    PC_LOV_PATTERN = 4,
    PC_LOV_STRIPE_SIZE = 8,
    PC_LOV_STRIPE_COUNT = 16,
    PC_LOV_POOL = 32,
};

/*
 * Compares a wanted layout with the present one. Returns a set of enum pc_lov_difference, 0: none. What the wanted
 * layout leaves open never differs. The values need not have been checked.
 */
uint32_t pc_lov_differences(const void *wanted, size_t wanted_bytes, const void *present, size_t present_bytes);
