#include "pcircle_config.h"

#include "data/create_large.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "filesystem/lustre_layout.h"
#include "sys/open_file.h"
#include "sys/retry.h"

static int create(
    int source,
    int target_dir,
    const char *target_name,
    int64_t bytes,
    const struct pc_layouts *layouts,
    struct pc_range_boundaries *cuts,
    struct pc_loss *loss)
{
    struct pc_layout_wish wish = {layouts->choice, source, (uint64_t)bytes};
    struct pc_layout_outcome outcome;
    int target = pc_create_with_layout(target_dir, target_name, 0600, &wish, &outcome);
    if (target < 0)
        return pc_failed(PC_CREATE, -target);
    int error = PC_RETRY(ftruncate(target, bytes)) < 0 ? errno : 0;
    *cuts = pc_layout_boundaries(target);
    if (close(target) < 0 && error == 0)
        error = errno;
    if (error != 0) {
        unlinkat(target_dir, target_name, 0);
        return pc_failed(PC_CREATE, error);
    }
    pc_layout_note(layouts, &outcome, loss);
    return 0;
}

int pc_create_large(
    int source_dir,
    const char *source_name,
    int target_dir,
    const char *target_name,
    int64_t bytes,
    struct pc_range_boundaries *cuts,
    struct pc_loss *loss)
{
    int source = pc_open_file(source_dir, source_name, O_RDONLY);
    if (source < 0)
        return pc_failed(PC_OPEN, -source);
    struct pc_layouts layouts = pc_layouts_between(source_dir, target_dir, loss->context);
    int result = create(source, target_dir, target_name, bytes, &layouts, cuts, loss);
    close(source);
    return result;
}
