#include "support/files.h"

#include <errno.h>
#include <fcntl.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "entries/list_directory.h"
#include "support/test.h"

enum { BLOCK = 64 << 10 };

int make_directory(int dir, const char *name)
{
    CHECK(mkdirat(dir, name, 0755) == 0);
    int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CHECK(fd >= 0);
    return fd;
}

static int create(int dir, const char *name)
{
    int fd = openat(dir, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    CHECK(fd >= 0);
    CHECK(fchmod(fd, 0644) == 0);
    return fd;
}

static void write_random(int fd, size_t bytes, off_t offset)
{
    static uint32_t state = 2463534242; /* xorshift32 (Marsaglia 2003): never zero, so the data has no zero word */
    char *data = malloc(bytes + sizeof state);
    for (size_t i = 0; i < bytes; i += sizeof state) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        memcpy(data + i, &state, sizeof state);
    }
    CHECK(pwrite(fd, data, bytes, offset) == (ssize_t)bytes);
    free(data);
}

void make_file(int dir, const char *name, size_t bytes)
{
    int fd = create(dir, name);
    write_random(fd, bytes, 0);
    CHECK(close(fd) == 0);
}

void make_text(int dir, const char *name, const char *text)
{
    int fd = create(dir, name);
    CHECK(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    CHECK(close(fd) == 0);
}

void make_sparse(int dir, const char *name, const char *map, size_t tail)
{
    int fd = create(dir, name);
    off_t position = 0;
    for (; *map; map++, position += BLOCK)
        if (*map != '.')
            write_random(fd, BLOCK, position);
    CHECK(ftruncate(fd, position) == 0);
    write_random(fd, tail, position);
    CHECK(close(fd) == 0);
}

void set_mtime(int dir, const char *name, int64_t s, long ns)
{
    struct timespec times[2] = {{.tv_sec = s + 1, .tv_nsec = ns / 2}, {.tv_sec = s, .tv_nsec = ns}};
    CHECK(utimensat(dir, name, times, AT_SYMLINK_NOFOLLOW) == 0);
}

struct stat status_of(int dir, const char *name)
{
    struct stat status;
    CHECK(fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW) == 0);
    return status;
}

bool is_there(int dir, const char *name)
{
    struct stat status;
    if (fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW) == 0)
        return true;
    CHECK(errno == ENOENT);
    return false;
}

static int open_to_read(int dir, const char *name)
{
    int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    CHECK(fd >= 0);
    return fd;
}

const char *map_of(int dir, const char *name)
{
    int fd = open_to_read(dir, name);
    off_t bytes = lseek(fd, 0, SEEK_END);
    char *map = test_memory((size_t)bytes / BLOCK + 2);
    for (off_t position = 0; position < bytes; position += BLOCK)
        map[position / BLOCK] = lseek(fd, position, SEEK_DATA) == position ? 'x' : '.';
    close(fd);
    return map;
}

bool is_same_data(int dir_a, const char *name_a, int dir_b, const char *name_b)
{
    enum { PART = 1 << 20 };
    static char a[PART], b[PART];
    int fd_a = open_to_read(dir_a, name_a), fd_b = open_to_read(dir_b, name_b);
    bool same = true;
    for (ssize_t bytes = 1; same && bytes > 0;) {
        bytes = read(fd_a, a, PART);
        same = bytes >= 0 && read(fd_b, b, PART) == bytes && memcmp(a, b, (size_t)bytes) == 0;
    }
    close(fd_a);
    close(fd_b);
    return same;
}

bool is_same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static int count_in(DIR *dir)
{
    CHECK(dir != NULL);
    int count = 0;
    while (readdir(dir) != NULL)
        count++;
    closedir(dir);
    return count - 2;
}

int count_entries(int dir)
{
    return count_in(fdopendir(openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)));
}

int count_descriptors(void)
{
    return count_in(opendir("/proc/self/fd"));
}

struct pc_entry *record_of(int dir, const char *name)
{
    size_t bytes = pc_entry_bytes(strlen(name));
    struct pc_entry *entry = test_memory(bytes);
    CHECK_EQUAL(bytes, pc_describe(dir, name, strlen(name), false, entry, bytes));
    return entry;
}

struct pc_context context_for(enum pc_method method)
{
    return (struct pc_context){.method = method, .preserve = PC_PRESERVE_MODE | PC_PRESERVE_TIMESTAMPS};
}
