#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "filesystem/lustre_lov.h"

/*
 * Values of lustre.lov, and the stand-in for Lustre (native/src/test/lustre), for tests that are linked with it. All
 * functions end the case if they fail.
 */

struct layout {
    size_t bytes;
    char value[PC_LOV_BYTES_MAX];
};

enum { KIB = 1 << 10, RAID0 = PC_LOV_RAID0, MDT = PC_LOV_MDT, ANYWHERE = 0xffff, LAYOUT_OF_A_LATER_KIND = 0x0bd90bd0 };

static const uint64_t end_of_files = UINT64_MAX;

/* A plain layout, without objects; `pool` may be NULL. */
struct layout plain_layout(uint32_t pattern, uint32_t stripe_size, int stripe_count, int first_ost, const char *pool);

/* A composite layout of these components: memory of the case. Their places, ids and bytes follow from the order. */
struct layout composite_layout(const struct pc_lov_component *components, int count);

/* 1 MiB in one stripe, up to 1 GiB in two of 1 MiB, then in four of 4 MiB. */
struct layout progressive_layout(void);

/* 64 KiB on the metadata server, then in one stripe of 1 MiB. */
struct layout dom_layout(void);

/* Sets a number within a layout. */
void set16(struct layout *layout, size_t offset, uint16_t number);
void set32(struct layout *layout, size_t offset, uint32_t number);
void set64(struct layout *layout, size_t offset, uint64_t number);

/* Makes the new directory `name` of `here` the root of the stand-in, and opens it; it has four OSTs. */
int make_lustre(const char *name);

/* Injects faults of this kind from now on: see tree.h. NULL: none. */
void make_trouble(const char *word);

/* Creates an empty file with this layout, or a directory with this default. */
void make_laid_out(int dir, const char *name, const struct layout *layout);
void set_default(int dir, const struct layout *layout);

/* The layout of an entry, which must have one; and whether it has one. */
struct layout layout_of(int dir, const char *name);
bool has_layout(int dir, const char *name);

/* Selects the stand-in for liblustreapi of this release: 207, 210, 217, or 0, which lacks a function. */
void install_library(int release);
