#include "pcircle_config.h"

#include "filesystem/lustre_api.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <unistd.h>

#include "sys/handle.h"

/*
 * As declared in lustre/lustreapi.h, which is not needed to build. Functions that fail return -1 or NULL, and set
 * errno.
 */
struct llapi_layout;
enum { USE_FIRST = 1, USE_NEXT = 3, MESSAGES_OFF = 0 };
static const uint64_t layout_default = 0x1000000000000002;

static struct {
    struct llapi_layout *(*get_by_fd)(int fd, uint32_t flags);
    int (*ost_index_set)(struct llapi_layout *layout, int stripe, uint64_t index);
    int (*file_open)(const char *path, int flags, mode_t mode, const struct llapi_layout *layout);
    void (*free)(struct llapi_layout *layout);
    int (*comp_use)(struct llapi_layout *layout, uint32_t which); /* since 2.10: before, no layout had components */
    bool is_there;
} api;

static void *open_library(void)
{
    void *library = dlopen("liblustreapi.so.1", RTLD_NOW | RTLD_LOCAL);
    return library ? library : dlopen("liblustreapi.so", RTLD_NOW | RTLD_LOCAL);
}

static void load(void)
{
    void *library = open_library();
    if (!library)
        return;
    api.get_by_fd = dlsym(library, "llapi_layout_get_by_fd");
    api.ost_index_set = dlsym(library, "llapi_layout_ost_index_set");
    api.file_open = dlsym(library, "llapi_layout_file_open");
    api.free = dlsym(library, "llapi_layout_free");
    api.comp_use = dlsym(library, "llapi_layout_comp_use");
    api.is_there = api.get_by_fd && api.ost_index_set && api.file_open && api.free;

    /* Errors are reported by us, not by the library on stderr. */
    void (*set_message_level)(int) = dlsym(library, "llapi_msg_set_level");
    if (set_message_level)
        set_message_level(MESSAGES_OFF);
}

/* llapi_layout_ost_index_reset does the same, but only since 2.16. */
static int forget_places(struct llapi_layout *layout)
{
    if (api.comp_use)
        api.comp_use(layout, USE_FIRST); /* before 2.11 it fails for plain layouts, which have no other component */
    do {
        if (api.ost_index_set(layout, 0, layout_default) < 0)
            return -errno;
    } while (api.comp_use && api.comp_use(layout, USE_NEXT) == 0);
    return 0;
}

/* The library sets a layout on a file it opens, even for reading; then no objects are created. */
static int give(int target, const struct llapi_layout *layout)
{
    char path[PC_HANDLE_PATH_BYTES];
    int fd = api.file_open(pc_handle_path(target, path), O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0, layout);
    if (fd < 0)
        return -errno;
    close(fd);
    return 0;
}

bool pc_lustre_api_is_there(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    return api.is_there;
}

int pc_lustre_api_copy_layout(int source, int target)
{
    if (!pc_lustre_api_is_there())
        return -EOPNOTSUPP;
    struct llapi_layout *layout = api.get_by_fd(source, 0);
    if (!layout)
        return -errno;
    int error = forget_places(layout);
    if (error == 0)
        error = give(target, layout);
    api.free(layout);
    return error;
}
