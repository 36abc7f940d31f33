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
 * The functions keep nothing and may be called from any thread. The memory of a value needs no alignment.
 */

enum {
    PC_LOV_BYTES_MAX = 64 << 10, /* no extended attribute is longer */
    PC_LOV_STRIPES_MAX = 2000,
};

/* One stretch of a file, and how it is striped. A plain layout is one, from 0 to the end of all files. */
struct pc_lov_component {
    uint64_t start, end;   /* UINT64_MAX: the end of all files */
    uint32_t flags;        /* enum pc_lov_flag, or-ed; 0 in a plain layout */
    uint32_t pattern;      /* enum pc_lov_pattern, or-ed; 0: not settled yet */
    uint32_t stripe_size;  /* 0: not settled yet */
    uint16_t stripe_count; /* likewise, and for PC_LOV_MDT; from 0xffe0 on: as many as there are, or a multiple */
    uint16_t first_ost;    /* where the stripes shall begin, 0xffff: anywhere. Read from a file it may mean nothing */
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
    PC_LOV_EXTENSION = 0x40, /* room for the component before to grow into, in steps that stripe_size says */
};

/*
 * Whether all of the value is there. Returns 0; -EOPNOTSUPP for kinds of layout that are not known here; -EINVAL for
 * damage, and for files whose data is not in Lustre (foreign). The other functions want values that have been checked.
 */
int pc_lov_check(const void *value, size_t bytes);

/* How many components there are: at least one. */
int pc_lov_components(const void *value);

struct pc_lov_component pc_lov_component(const void *value, int index);

/*
 * Makes the layout that a file has one to give to another: its stripes may begin on any OST, for the source's place
 * would pile the copies up, nothing is released to an archive, and nothing is stale.
 */
void pc_lov_renew(void *value);

/* Writes a layout with so many stripes (1 to PC_LOV_STRIPES_MAX) of the usual size. Returns its bytes. */
size_t pc_lov_striped(void *value, int stripes);

/* What of a layout is not as it was wanted. */
enum pc_lov_difference {
    PC_LOV_KIND = 1, /* another kind of layout, and at least one is not known here */
    PC_LOV_COMPONENTS = 2,
    PC_LOV_PATTERN = 4,
    PC_LOV_STRIPE_SIZE = 8,
    PC_LOV_STRIPE_COUNT = 16,
    PC_LOV_POOL = 32,
};

/*
 * Compares what was wanted with what there is: a set of differences, 0 = none. What the wanted layout leaves open may
 * have become anything. Values need not have been checked.
 */
uint32_t pc_lov_differences(const void *wanted, size_t wanted_bytes, const void *present, size_t present_bytes);
