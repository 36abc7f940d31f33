#include "pcircle_config.h"

#include "filesystem/range_boundaries.h"

#include <stdbool.h>

#include "filesystem/lustre_lov.h"

/* The boundaries within a component; `before` is the stretch before it, or NULL. */
static struct pc_stretch stretch_of(const struct pc_lov_component *component, const struct pc_stretch *before)
{
    int64_t unit = component->pattern & PC_LOV_MDT ? 0 : component->stripe_size;
    if (component->flags & PC_LOV_EXTENSION) /* the component before will grow into it */
        unit = before ? before->unit : 0;
    return (struct pc_stretch){
        .end = component->end > INT64_MAX ? INT64_MAX : (int64_t)component->end,
        .unit = unit,
    };
}

static bool continues(const struct pc_stretch *last, const struct pc_stretch *next)
{
    return next->unit == last->unit && last->unit > 0 && last->end % last->unit == 0;
}

/* Appends a stretch, or extends the last one; also where there is no room for more. */
static void append(struct pc_range_boundaries *cuts, const struct pc_lov_component *component)
{
    struct pc_stretch *last = cuts->count > 0 ? &cuts->stretches[cuts->count - 1] : NULL;
    struct pc_stretch stretch = stretch_of(component, last);
    if (last && (continues(last, &stretch) || cuts->count == PC_STRETCHES_MAX))
        last->end = stretch.end;
    else
        cuts->stretches[cuts->count++] = stretch;
}

struct pc_range_boundaries pc_range_boundaries_of(const void *lov, size_t bytes)
{
    struct pc_range_boundaries cuts = {.count = 0};
    if (pc_lov_check(lov, bytes) < 0)
        return cuts;
    uint64_t reached = 0;
    for (int i = 0; i < pc_lov_components(lov); i++) {
        struct pc_lov_component component = pc_lov_component(lov, i);
        if (component.end <= reached) /* empty; or of a mirror, which is written after the file is complete */
            continue;
        append(&cuts, &component);
        reached = component.end;
    }
    return cuts;
}

/* The first multiple of the stretch's unit at or after the offset, or the stretch's end if that comes first. */
static int64_t cut_in(const struct pc_stretch *stretch, int64_t offset)
{
    if (stretch->unit == 0)
        return stretch->end;
    int64_t behind = offset % stretch->unit;
    if (behind == 0)
        return offset;
    int64_t step = stretch->unit - behind;
    return step < stretch->end - offset ? offset + step : stretch->end;
}

int64_t pc_next_cut(const struct pc_range_boundaries *cuts, int64_t offset)
{
    if (offset == 0)
        return 0;
    for (int i = 0; i < cuts->count; i++) {
        const struct pc_stretch *stretch = &cuts->stretches[i];
        if (offset == stretch->end)
            return offset;
        if (offset < stretch->end)
            return cut_in(stretch, offset);
    }
    return offset;
}
