#include "filesystem/range_boundaries.h"
#include "support/files.h"
#include "support/layouts.h"
#include "support/test.h"

static const int64_t gib = 1 << 30;

static struct pc_range_boundaries cuts_of(struct layout layout)
{
    return pc_range_boundaries_of(layout.value, layout.bytes);
}

static void stripes_are_not_cut(void)
{
    struct pc_range_boundaries cuts = cuts_of(plain_layout(RAID0, 3 * MIB, 2, 0, NULL)); /* no power of two */
    CHECK_EQUAL(1, cuts.count);
    CHECK_EQUAL(0, pc_next_cut(&cuts, 0));
    CHECK_EQUAL(3 * MIB, pc_next_cut(&cuts, 1));
    CHECK_EQUAL(3 * MIB, pc_next_cut(&cuts, 3 * MIB));
    CHECK_EQUAL(6 * MIB, pc_next_cut(&cuts, 3 * MIB + 1));
    CHECK_EQUAL(INT64_MAX, pc_next_cut(&cuts, INT64_MAX));
    CHECK_EQUAL(INT64_MAX, pc_next_cut(&cuts, INT64_MAX - 1)); /* the stripe would end behind it */
}

static void components_end_where_they_end(void)
{
    const struct pc_lov_component components[] = {
        {.end = 5 * MIB, .pattern = RAID0, .stripe_size = 2 * MIB},
        {.start = 5 * MIB, .end = end_of_files, .pattern = RAID0, .stripe_size = 4 * MIB},
    };
    struct pc_range_boundaries cuts = cuts_of(composite_layout(components, 2));
    CHECK_EQUAL(2, cuts.count);
    CHECK_EQUAL(4 * MIB, pc_next_cut(&cuts, 2 * MIB + 1));
    CHECK_EQUAL(5 * MIB, pc_next_cut(&cuts, 4 * MIB + 1));
    CHECK_EQUAL(5 * MIB, pc_next_cut(&cuts, 5 * MIB));
    CHECK_EQUAL(8 * MIB, pc_next_cut(&cuts, 5 * MIB + 1)); /* stripes are counted from 0 */
    struct pc_lov_component alike[] = {components[0], components[1]};
    alike[1].stripe_size = 2 * MIB;
    cuts = cuts_of(composite_layout(alike, 2));
    CHECK_EQUAL(5 * MIB, pc_next_cut(&cuts, 4 * MIB + 1));
    CHECK_EQUAL(6 * MIB, pc_next_cut(&cuts, 5 * MIB + 1));
}

static void what_lies_on_the_metadata_server_stays_in_one_piece(void)
{
    struct layout layout = dom_layout();
    set32(&layout, 32 + 2 * 48 + 24, 4 * KIB);
    struct pc_range_boundaries cuts = cuts_of(layout);
    CHECK_EQUAL(64 * KIB, pc_next_cut(&cuts, 1));
    CHECK_EQUAL(64 * KIB, pc_next_cut(&cuts, 64 * KIB));
    CHECK_EQUAL(MIB, pc_next_cut(&cuts, 64 * KIB + 1));
}

static void components_with_the_same_stripes_are_one_stretch(void)
{
    struct pc_range_boundaries cuts = cuts_of(progressive_layout());
    CHECK_EQUAL(2, cuts.count);
    CHECK_EQUAL(gib, cuts.stretches[0].end);
    CHECK_EQUAL(MIB, cuts.stretches[0].unit);
    CHECK_EQUAL(4 * MIB, cuts.stretches[1].unit);
    CHECK_EQUAL(gib, pc_next_cut(&cuts, gib - 1));
    CHECK_EQUAL(gib + 4 * MIB, pc_next_cut(&cuts, gib + 1));
}

static void mirrors_and_empty_components_do_not_count(void)
{
    const struct pc_lov_component components[] = {
        {.end = 8 * MIB, .pattern = RAID0, .stripe_size = MIB},
        {.start = 8 * MIB, .end = 8 * MIB, .pattern = RAID0, .stripe_size = 3 * MIB},
        {.start = 8 * MIB, .end = end_of_files, .pattern = RAID0, .stripe_size = 2 * MIB},
        {.end = end_of_files, .pattern = RAID0, .stripe_size = 64 * KIB},
    };
    struct pc_range_boundaries cuts = cuts_of(composite_layout(components, 4));
    CHECK_EQUAL(2, cuts.count);
    CHECK_EQUAL(MIB, pc_next_cut(&cuts, 1));
    CHECK_EQUAL(10 * MIB, pc_next_cut(&cuts, 8 * MIB + 1));
}

static void room_to_grow_is_cut_like_what_grows(void)
{
    const struct pc_lov_component components[] = {
        {.end = 8 * MIB, .pattern = RAID0, .stripe_size = 3 * MIB},
        {.start = 8 * MIB, .end = 16 * MIB, .stripe_size = 64, .flags = PC_LOV_EXTENSION},
        {.start = 16 * MIB, .end = end_of_files, .pattern = RAID0, .stripe_size = MIB},
    };
    struct pc_range_boundaries cuts = cuts_of(composite_layout(components, 3));
    CHECK_EQUAL(9 * MIB, pc_next_cut(&cuts, 8 * MIB + 1));
    CHECK_EQUAL(16 * MIB, pc_next_cut(&cuts, 15 * MIB + 1));
    CHECK_EQUAL(17 * MIB, pc_next_cut(&cuts, 16 * MIB + 1));
    cuts = cuts_of(composite_layout(&components[1], 1)); /* damage: nothing is there to grow */
    CHECK_EQUAL(16 * MIB, pc_next_cut(&cuts, 1));
}

static void where_no_layout_is_known_any_place_will_do(void)
{
    struct pc_range_boundaries cuts = pc_range_boundaries_of("nothing", 7);
    CHECK_EQUAL(0, cuts.count);
    CHECK_EQUAL(12345, pc_next_cut(&cuts, 12345));
    const struct pc_lov_component first = {.end = 4 * MIB, .pattern = RAID0, .stripe_size = MIB};
    cuts = cuts_of(composite_layout(&first, 1));
    CHECK_EQUAL(4 * MIB + 1, pc_next_cut(&cuts, 4 * MIB + 1));
    cuts = cuts_of(plain_layout(RAID0, 0, 1, 0, NULL)); /* stripes of a size that is not settled yet */
    CHECK_EQUAL(0, pc_next_cut(&cuts, 0));
    CHECK_EQUAL(INT64_MAX, pc_next_cut(&cuts, 1));
}

static void more_components_than_there_is_room_for_are_cut_like_the_last(void)
{
    enum { COUNT = PC_STRETCHES_MAX + 3 };
    struct pc_lov_component components[COUNT];
    for (int i = 0; i < COUNT; i++)
        components[i] = (struct pc_lov_component){
            .start = (uint64_t)i * 12 * MIB,
            .end = i + 1 < COUNT ? ((uint64_t)i + 1) * 12 * MIB : end_of_files,
            .pattern = RAID0,
            .stripe_size = i % 2 == 0 ? MIB : 2 * MIB,
        };
    struct pc_range_boundaries cuts = cuts_of(composite_layout(components, COUNT));
    CHECK_EQUAL(PC_STRETCHES_MAX, cuts.count);
    int64_t behind = (int64_t)COUNT * 12 * MIB + 1;
    CHECK_EQUAL(behind - 1 + 2 * MIB, pc_next_cut(&cuts, behind));
}

static const struct test_case cases[] = {
    {"stripes are not cut", stripes_are_not_cut},
    {"components end where they end", components_end_where_they_end},
    {"what lies on the metadata server stays in one piece", what_lies_on_the_metadata_server_stays_in_one_piece},
    {"components with the same stripes are one stretch", components_with_the_same_stripes_are_one_stretch},
    {"mirrors and empty components do not count", mirrors_and_empty_components_do_not_count},
    {"room to grow is cut like what grows", room_to_grow_is_cut_like_what_grows},
    {"where no layout is known any place will do", where_no_layout_is_known_any_place_will_do},
    {"more components than there is room for are cut like the last",
     more_components_than_there_is_room_for_are_cut_like_the_last},
};

int main(void)
{
    return TEST_RUN(cases);
}
