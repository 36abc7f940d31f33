#include <errno.h>
#include <string.h>

#include "filesystem/lustre_lov.h"
#include "support/files.h"
#include "support/layouts.h"
#include "support/test.h"

static uint32_t differences(const struct layout *wanted, const struct layout *present)
{
    return pc_lov_differences(wanted->value, wanted->bytes, present->value, present->bytes);
}

static int check(const struct layout *layout)
{
    return pc_lov_check(memcpy(test_memory(layout->bytes), layout->value, layout->bytes), layout->bytes);
}

static void a_plain_layout_is_one_component(void)
{
    struct layout layout = plain_layout(RAID0, 2 * MIB, 3, 1, NULL);
    CHECK_EQUAL(32, layout.bytes);
    CHECK_EQUAL(0, check(&layout));
    CHECK_EQUAL(1, pc_lov_components(layout.value));
    struct pc_lov_component all = pc_lov_component(layout.value, 0);
    CHECK_EQUAL(0, all.start);
    CHECK(all.end == end_of_files);
    CHECK_EQUAL(RAID0, all.pattern);
    CHECK_EQUAL(2 * MIB, all.stripe_size);
    CHECK_EQUAL(3, all.stripe_count);
    CHECK_EQUAL(1, all.first_ost);
    CHECK(strcmp("", all.pool) == 0);
}

static void a_pool_is_read(void)
{
    struct layout layout = plain_layout(RAID0, MIB, 1, ANYWHERE, "fifteen_letters");
    CHECK_EQUAL(48, layout.bytes);
    CHECK_EQUAL(0, check(&layout));
    CHECK(strcmp("fifteen_letters", pc_lov_component(layout.value, 0).pool) == 0);
    layout.value[47] = 'x'; /* damage: the NUL is missing */
    CHECK(strcmp("fifteen_letters", pc_lov_component(layout.value, 0).pool) == 0);
}

static void a_composite_layout_has_its_components(void)
{
    struct layout layout = progressive_layout();
    CHECK_EQUAL(0, check(&layout));
    CHECK_EQUAL(3, pc_lov_components(layout.value));
    struct pc_lov_component second = pc_lov_component(layout.value, 1);
    CHECK_EQUAL(MIB, second.start);
    CHECK_EQUAL(1 << 30, second.end);
    CHECK_EQUAL(2, second.stripe_count);
    struct pc_lov_component third = pc_lov_component(layout.value, 2);
    CHECK(third.end == end_of_files);
    CHECK_EQUAL(4 * MIB, third.stripe_size);
    layout = dom_layout();
    CHECK_EQUAL(MDT, pc_lov_component(layout.value, 0).pattern);
}

static void nothing_need_be_aligned(void)
{
    struct layout layout = progressive_layout();
    char *memory = test_memory(layout.bytes + 1);
    memcpy(memory + 1, layout.value, layout.bytes);
    CHECK_EQUAL(0, pc_lov_check(memory + 1, layout.bytes));
    CHECK_EQUAL(4, pc_lov_component(memory + 1, 2).stripe_count);
    pc_lov_renew(memory + 1);
}

static void what_is_cut_short_is_refused(void)
{
    struct layout plain = plain_layout(RAID0, MIB, 1, 0, "pool"), progressive = progressive_layout();
    for (size_t bytes = 0; bytes < plain.bytes; bytes++)
        CHECK_EQUAL(-EINVAL, pc_lov_check(memcpy(test_memory(bytes), plain.value, bytes), bytes));
    for (size_t bytes = 0; bytes < progressive.bytes; bytes++)
        CHECK_EQUAL(-EINVAL, pc_lov_check(memcpy(test_memory(bytes), progressive.value, bytes), bytes));
}

static void what_is_no_layout_is_refused(void)
{
    struct layout layout = plain_layout(RAID0, MIB, 1, 0, NULL);
    set32(&layout, 0, 0xdeadbeef);
    CHECK_EQUAL(-EINVAL, check(&layout));
    set32(&layout, 0, 0x0bd70bd0); /* foreign: the data is not in Lustre */
    CHECK_EQUAL(-EINVAL, check(&layout));
    set32(&layout, 0, 0xd00bd10b); /* the other byte order */
    CHECK_EQUAL(-EINVAL, check(&layout));
}

static void what_is_not_known_is_not_called_damaged(void)
{
    struct layout layout = plain_layout(RAID0, MIB, 1, 0, NULL);
    set32(&layout, 0, LAYOUT_OF_A_LATER_KIND);
    CHECK_EQUAL(-EOPNOTSUPP, check(&layout));
    layout = progressive_layout();
    set32(&layout, 32 + 3 * 48, LAYOUT_OF_A_LATER_KIND);
    CHECK_EQUAL(-EOPNOTSUPP, check(&layout));
}

static void components_that_lie_in_each_other_are_refused(void)
{
    struct layout layout = progressive_layout();
    set32(&layout, 32 + 24, 40); /* in the table */
    CHECK_EQUAL(-EINVAL, check(&layout));
    layout = progressive_layout();
    set32(&layout, 32 + 48 + 24, 32 + 3 * 48); /* in the first */
    CHECK_EQUAL(-EINVAL, check(&layout));
    layout = progressive_layout();
    set32(&layout, 32 + 28, UINT32_MAX);
    CHECK_EQUAL(-EINVAL, check(&layout));
    layout = progressive_layout();
    set16(&layout, 14, 0); /* none at all */
    CHECK_EQUAL(-EINVAL, check(&layout));
}

static void a_renewed_layout_may_begin_anywhere(void)
{
    struct layout layout = plain_layout(RAID0, MIB, 2, 0, "pool");
    pc_lov_renew(layout.value);
    CHECK_EQUAL(ANYWHERE, pc_lov_component(layout.value, 0).first_ost);
    CHECK(strcmp("pool", pc_lov_component(layout.value, 0).pool) == 0);
    layout = progressive_layout();
    for (size_t i = 0; i < 3; i++)
        set16(&layout, 32 + 3 * 48 + 32 * i + 30, (uint16_t)i);
    pc_lov_renew(layout.value);
    for (int i = 0; i < 3; i++)
        CHECK_EQUAL(ANYWHERE, pc_lov_component(layout.value, i).first_ost);
    struct layout untouched = progressive_layout();
    CHECK(memcmp(layout.value, untouched.value, layout.bytes) == 0);
}

static void a_renewed_layout_is_neither_released_nor_stale(void)
{
    struct layout layout = plain_layout(RAID0 | PC_LOV_RELEASED | PC_LOV_OVERSTRIPING, MIB, 2, 0, NULL);
    pc_lov_renew(layout.value);
    CHECK_EQUAL(RAID0 | PC_LOV_OVERSTRIPING, pc_lov_component(layout.value, 0).pattern);
    const struct pc_lov_component mirrors[] = {
        {.end = end_of_files, .pattern = RAID0, .stripe_size = MIB, .flags = PC_LOV_INIT | 4},
        {.end = end_of_files, .pattern = RAID0 | PC_LOV_RELEASED, .stripe_size = MIB,
         .flags = PC_LOV_INIT | PC_LOV_STALE},
    };
    layout = composite_layout(mirrors, 2);
    pc_lov_renew(layout.value);
    CHECK_EQUAL(PC_LOV_INIT | 4, pc_lov_component(layout.value, 0).flags);
    CHECK_EQUAL(PC_LOV_INIT, pc_lov_component(layout.value, 1).flags);
    CHECK_EQUAL(RAID0, pc_lov_component(layout.value, 1).pattern);
}

static void a_layout_of_so_many_stripes_leaves_the_rest_open(void)
{
    struct layout layout;
    layout.bytes = pc_lov_striped(layout.value, 7);
    struct layout expected = plain_layout(RAID0, 0, 7, ANYWHERE, NULL);
    CHECK_EQUAL(expected.bytes, layout.bytes);
    CHECK(memcmp(expected.value, layout.value, layout.bytes) == 0);
}

static void each_difference_is_named(void)
{
    struct layout wanted = plain_layout(RAID0, MIB, 2, 0, "pool");
    struct layout same = plain_layout(RAID0, MIB, 2, 3, "pool");
    CHECK_EQUAL(0, differences(&wanted, &same));
    struct layout other = plain_layout(RAID0, 2 * MIB, 2, 0, "pool");
    CHECK_EQUAL(PC_LOV_STRIPE_SIZE, differences(&wanted, &other));
    other = plain_layout(RAID0, MIB, 1, 0, "pool");
    CHECK_EQUAL(PC_LOV_STRIPE_COUNT, differences(&wanted, &other));
    other = plain_layout(MDT, MIB, 2, 0, "pool");
    CHECK_EQUAL(PC_LOV_PATTERN, differences(&wanted, &other));
    other = plain_layout(RAID0, MIB, 2, 0, NULL);
    CHECK_EQUAL(PC_LOV_POOL, differences(&wanted, &other));
    CHECK_EQUAL(0, differences(&other, &wanted)); /* where no pool was requested, any is right */
    other = progressive_layout();
    CHECK_EQUAL(PC_LOV_COMPONENTS, differences(&wanted, &other));
    other = plain_layout(RAID0, MIB, 2, 0, "pool");
    set32(&other, 0, LAYOUT_OF_A_LATER_KIND);
    CHECK_EQUAL(PC_LOV_KIND, differences(&wanted, &other));
    CHECK_EQUAL(0, differences(&other, &other));
    other.bytes = 0;
    CHECK_EQUAL(PC_LOV_KIND, differences(&wanted, &other));
}

static void differences_between_components_add_up(void)
{
    struct layout wanted = progressive_layout(), present = progressive_layout();
    CHECK_EQUAL(0, differences(&wanted, &present));
    set32(&present, 32 + 3 * 48 + 24, 2 * MIB);
    set16(&present, 32 + 3 * 48 + 64 + 28, 1);
    CHECK_EQUAL(PC_LOV_STRIPE_SIZE | PC_LOV_STRIPE_COUNT, differences(&wanted, &present));
    present = progressive_layout();
    set64(&present, 32 + 16, 2 * MIB);
    CHECK_EQUAL(PC_LOV_COMPONENTS, differences(&wanted, &present));
}

static void what_was_left_open_may_be_anything(void)
{
    struct layout wanted = plain_layout(0, 0, 0, ANYWHERE, NULL);
    struct layout present = plain_layout(RAID0, MIB, 3, 1, "pool");
    CHECK_EQUAL(0, differences(&wanted, &present));
    wanted = plain_layout(RAID0, MIB, 0xffff, ANYWHERE, NULL); /* as many as there are */
    CHECK_EQUAL(0, differences(&wanted, &present));
    wanted = plain_layout(RAID0 | PC_LOV_OVERSTRIPING, MIB, 3, ANYWHERE, NULL);
    CHECK_EQUAL(0, differences(&wanted, &present));
    wanted = plain_layout(RAID0 | PC_LOV_RELEASED, MIB, 3, ANYWHERE, NULL);
    CHECK_EQUAL(0, differences(&wanted, &present));
}

static const struct test_case cases[] = {
    {"a plain layout is one component", a_plain_layout_is_one_component},
    {"a pool is read", a_pool_is_read},
    {"a composite layout has its components", a_composite_layout_has_its_components},
    {"nothing need be aligned", nothing_need_be_aligned},
    {"what is cut short is refused", what_is_cut_short_is_refused},
    {"what is no layout is refused", what_is_no_layout_is_refused},
    {"what is not known is not called damaged", what_is_not_known_is_not_called_damaged},
    {"components that lie in each other are refused", components_that_lie_in_each_other_are_refused},
    {"a renewed layout may begin anywhere", a_renewed_layout_may_begin_anywhere},
    {"a renewed layout is neither released nor stale", a_renewed_layout_is_neither_released_nor_stale},
    {"a layout of so many stripes leaves the rest open", a_layout_of_so_many_stripes_leaves_the_rest_open},
    {"each difference is named", each_difference_is_named},
    {"differences between components add up", differences_between_components_add_up},
    {"what was left open may be anything", what_was_left_open_may_be_anything},
};

int main(void)
{
    return TEST_RUN(cases);
}
