#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "filesystem/lustre_lov.h"
#include "filesystem/range_boundaries.h"
#include "support/files.h"
#include "support/fuzz.h"
#include "support/layouts.h"
#include "support/test.h"

/*
 * Layouts come from another machine's file system. Whatever they contain, no memory outside their buffer is accessed or
 * changed, which the sanitizers check, and a valid layout stays valid when it is changed.
 */

enum { DAMAGES_MAX = 6, SAMPLES = 4, PLACES = 20 };

static struct layout samples[SAMPLES];

static void make_samples(void)
{
    samples[0] = plain_layout(RAID0, MIB, 3, 1, NULL);
    samples[1] = plain_layout(RAID0 | PC_LOV_RELEASED, MIB, 2, 0, "pool");
    samples[2] = progressive_layout();
    samples[3] = dom_layout();
    samples[0].bytes += 3 * 24; /* objects */
}

/* A bit, or one of the numbers, or everything after an offset. */
static void damage(struct layout *layout)
{
    static const uint64_t odd[] = {
        0, 1, 2, 31, 32, 33, 47, 48, 80, 128, 176, 4096, 65535, 0x0bd10bd0, 0x0bd30bd0, 0x0bd60bd0, 0x0bd90bd0,
        1u << 31, UINT32_MAX, INT64_MAX, UINT64_MAX,
    };
    size_t at = fuzz_below(layout->bytes);
    size_t width = 1u << fuzz_below(4);
    switch (fuzz_below(4)) {
    case 0:
        layout->value[at] = (char)(layout->value[at] ^ 1 << fuzz_below(8));
        break;
    case 1:
        at = at / 2 * 2;
        if (at + width <= layout->bytes)
            memcpy(layout->value + at, &odd[fuzz_below(sizeof odd / sizeof odd[0])], width);
        break;
    case 2: { /* one offset to another */
        size_t to = fuzz_below(layout->bytes);
        memmove(layout->value + to, layout->value + at, fuzz_below(layout->bytes - (at > to ? at : to)));
        break;
    }
    default:
        if (fuzz_below(8) == 0)
            layout->bytes = at > 0 ? at : 1;
    }
}

static void read_all(const char *value)
{
    for (int i = 0; i < pc_lov_components(value); i++)
        CHECK(memchr(pc_lov_component(value, i).pool, '\0', 16) != NULL);
}

static void cut_everywhere(const char *value, size_t bytes)
{
    struct pc_range_boundaries cuts = pc_range_boundaries_of(value, bytes);
    CHECK(cuts.count >= 0 && cuts.count <= PC_STRETCHES_MAX);
    int64_t offset = 0;
    for (int i = 0; i < PLACES; i++) {
        int64_t next = pc_next_cut(&cuts, offset);
        CHECK(next >= offset);
        CHECK_EQUAL(next, pc_next_cut(&cuts, next));
        if (next == INT64_MAX)
            break;
        uint64_t left = (uint64_t)(INT64_MAX - next - 1);
        offset = next + 1 + (int64_t)fuzz_below((left >> fuzz_below(64)) + 1);
    }
}

static void renew(char *value, size_t bytes)
{
    char *before = malloc(bytes);
    memcpy(before, value, bytes);
    pc_lov_renew(value);
    CHECK_EQUAL(0, pc_lov_check(value, bytes));
    read_all(value);
    CHECK_EQUAL(0, pc_lov_differences(before, bytes, value, bytes));
    for (int i = 0; i < pc_lov_components(value); i++)
        CHECK_EQUAL(ANYWHERE, pc_lov_component(value, i).first_ost);
    free(before);
}

static void try_one(const struct layout *damaged)
{
    char *exact = malloc(damaged->bytes); /* so that reading a byte too many is detected */
    memcpy(exact, damaged->value, damaged->bytes);
    const struct layout *other = &samples[fuzz_below(SAMPLES)];
    pc_lov_differences(exact, damaged->bytes, other->value, other->bytes);
    pc_lov_differences(other->value, other->bytes, exact, damaged->bytes);
    cut_everywhere(exact, damaged->bytes);
    int result = pc_lov_check(exact, damaged->bytes);
    CHECK(result == 0 || result == -EINVAL || result == -EOPNOTSUPP);
    if (result == 0) {
        read_all(exact);
        renew(exact, damaged->bytes);
    }
    free(exact);
}

static void damaged_layouts_do_no_harm(void)
{
    static struct layout damaged;
    fuzz_begin();
    make_samples();
    while (fuzz_continues("damaged layouts")) {
        const struct layout *sample = &samples[fuzz_below(SAMPLES)];
        damaged.bytes = sample->bytes;
        memcpy(damaged.value, sample->value, sample->bytes);
        for (uint64_t i = fuzz_below(DAMAGES_MAX) + 1; i > 0; i--)
            damage(&damaged);
        try_one(&damaged);
    }
}

static const struct test_case cases[] = {
    {"damaged layouts do no harm", damaged_layouts_do_no_harm},
};

int main(void)
{
    return TEST_RUN(cases);
}
