/*
 * Damages data on a disk without changing the page cache, for tests of verification: an LD_PRELOAD library in front of
 * the C library.
 *
 *   PCIRCLE_ROT_IMAGE=FILE           the image that the destination's file system is in
 *   PCIRCLE_ROT_MARKS=DIRECTORY      gets an empty file LABEL.N when data is damaged for the Nth time
 *
 * Data that pwrite writes at the beginning of a file or of one of its mebibytes, and that begins with the line
 * "rot:TIMES:LABEL", is damaged so often: one bit of it, in the image, as soon as the file has been flushed by
 * fdatasync or fsync. Reading the file through the page cache returns what was written. Without the variables it
 * changes nothing.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

enum { MIB = 1 << 20, WRITTEN_MAX = 4096, LABEL_BYTES = 64 };

/* Data that is damaged when its file is flushed. */
struct written {
    int fd;
    int64_t offset;
    int times;
    char label[LABEL_BYTES];
};

static struct written written[WRITTEN_MAX];
static size_t written_count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static _Noreturn void give_up(const char *what)
{
    fprintf(stderr, "rot: %s: %s\n", what, strerror(errno));
    abort();
}

/* ---- recording writes ---- */

static bool begins_with_order(const char *data, size_t bytes, struct written *order)
{
    char line[LABEL_BYTES + 16] = "";
    const char *end = memchr(data, '\n', bytes < sizeof line ? bytes : sizeof line - 1);
    if (bytes < 4 || memcmp(data, "rot:", 4) != 0 || !end)
        return false;
    memcpy(line, data, (size_t)(end - data));
    return sscanf(line, "rot:%d:%63s", &order->times, order->label) == 2;
}

static void remember(int fd, const char *data, size_t bytes, int64_t offset)
{
    struct written order = {.fd = fd, .offset = offset};
    if (offset % MIB != 0 || !getenv("PCIRCLE_ROT_IMAGE") || !begins_with_order(data, bytes, &order))
        return;
    pthread_mutex_lock(&lock);
    if (written_count == WRITTEN_MAX)
        give_up("too much is written and not flushed");
    written[written_count++] = order;
    pthread_mutex_unlock(&lock);
}

/* Takes one record of a file's unflushed data; false if there is none. */
static bool take(int fd, struct written *taken)
{
    bool found = false;
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < written_count && !found; i++) {
        found = written[i].fd == fd;
        if (found) {
            *taken = written[i];
            written[i] = written[--written_count];
        }
    }
    pthread_mutex_unlock(&lock);
    return found;
}

/* ---- damaging data ---- */

/* Whether it is to be damaged once more, by any process. */
static bool mark(const struct written *order)
{
    for (int time = 1; time <= order->times; time++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s.%d", getenv("PCIRCLE_ROT_MARKS"), order->label, time);
        int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
        if (fd >= 0) {
            close(fd);
            return true;
        }
        if (errno != EEXIST)
            give_up(path);
    }
    return false;
}

/* The offset of a file's data on its device. */
static int64_t place_of(int fd, int64_t offset)
{
    char memory[sizeof(struct fiemap) + sizeof(struct fiemap_extent)] __attribute__((aligned(8))) = {0};
    struct fiemap *map = (struct fiemap *)memory;
    map->fm_start = (uint64_t)offset;
    map->fm_length = 1;
    map->fm_extent_count = 1;
    if (ioctl(fd, FS_IOC_FIEMAP, map) < 0)
        give_up("FIEMAP");
    const struct fiemap_extent *extent = &map->fm_extents[0];
    if (map->fm_mapped_extents != 1 || extent->fe_flags & (FIEMAP_EXTENT_UNKNOWN | FIEMAP_EXTENT_DELALLOC)) {
        errno = ENODATA;
        give_up("where data was flushed to");
    }
    return (int64_t)extent->fe_physical + offset - (int64_t)extent->fe_logical;
}

static void spoil(int fd, const struct written *order)
{
    ssize_t (*write_at)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");
    const char *image_path = getenv("PCIRCLE_ROT_IMAGE");
    int image = open(image_path, O_RDWR | O_CLOEXEC);
    int64_t place = place_of(fd, order->offset);
    char byte;
    if (image < 0 || pread(image, &byte, 1, place) != 1)
        give_up(image_path);
    byte ^= 0x20;
    if (write_at(image, &byte, 1, place) != 1)
        give_up(image_path);
    close(image);
}

static void rot(int fd)
{
    struct written order;
    while (take(fd, &order))
        if (mark(&order))
            spoil(fd, &order);
}

/* ---- the calls ---- */

EXPORT ssize_t pwrite(int fd, const void *data, size_t bytes, off_t offset)
{
    ssize_t (*call)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");
    ssize_t result = call(fd, data, bytes, offset);
    if (result > 0)
        remember(fd, data, (size_t)result, offset);
    return result;
}

EXPORT int fdatasync(int fd)
{
    int (*call)(int) = dlsym(RTLD_NEXT, "fdatasync");
    int result = call(fd);
    if (result == 0)
        rot(fd);
    return result;
}

EXPORT int fsync(int fd)
{
    int (*call)(int) = dlsym(RTLD_NEXT, "fsync");
    int result = call(fd);
    if (result == 0)
        rot(fd);
    return result;
}

EXPORT int close(int fd)
{
    int (*call)(int) = dlsym(RTLD_NEXT, "close");
    struct written order;
    while (take(fd, &order))
        ; /* what was never flushed */
    return call(fd);
}
