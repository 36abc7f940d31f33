#include "pcircle_config.h"

#include "entries/list_directory.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sys/retry.h"

/*
 * The kernel's entries go to the last fifth of the buffer, the records to the four fifths before. They always fit: a
 * kernel entry has 19 bytes, the name and a NUL, rounded up to 8; a record has 80, the name and a NUL, rounded up to 8.
 * The ratio is largest for the shortest: names of up to 4 bytes make 24 and 88. A record is never over 4 times its
 * kernel entry.
 */
enum { RECORD_SHARE = 4, SHARES = 5, SHORTEST_DIRENT_BYTES = 24, SHORTEST_RECORD_BYTES = 88 };

/* FUSE has the longest names, of 1024 bytes. With less room the kernel may return EINVAL. */
enum { LONGEST_DIRENT_BYTES = 1048 };
static_assert(LONGEST_DIRENT_BYTES + 2 * SHORTEST_DIRENT_BYTES <= PC_LIST_BYTES_MIN / SHARES, "one is always read");

static_assert(SHORTEST_RECORD_BYTES <= RECORD_SHARE * SHORTEST_DIRENT_BYTES, "the records fit");
static_assert(offsetof(struct dirent64, d_name) == 19, "the kernel's entries are as said above");

static bool is_dots(const char *name)
{
    return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

static void describe_dirent(int dir, const struct dirent64 *dirent, size_t name_bytes, struct pc_entry *entry)
{
    pc_entry_begin(entry, dirent->d_name, name_bytes);
    int result = pc_entry_read_status(entry, dir, entry->name, AT_SYMLINK_NOFOLLOW);
    if (result < 0) {
        entry->type = dirent->d_type;
        entry->operation = PC_STAT;
        entry->error = (uint16_t)-result;
    }
}

/* Converts kernel entries into records. Returns the bytes of the records. */
static size_t describe_dirents(int dir, const char *dirents, size_t dirents_bytes, char *records)
{
    size_t used = 0;
    for (size_t i = 0; i < dirents_bytes;) {
        const struct dirent64 *dirent = (const struct dirent64 *)(dirents + i);
        i += dirent->d_reclen;
        if (is_dots(dirent->d_name))
            continue;
        size_t name_bytes = strlen(dirent->d_name);
        assert(pc_entry_bytes(name_bytes) <= (size_t)RECORD_SHARE * dirent->d_reclen);
        describe_dirent(dir, dirent, name_bytes, (struct pc_entry *)(records + used));
        used += pc_entry_bytes(name_bytes);
    }
    return used;
}

ssize_t pc_list_directory(int dir, void *buffer, size_t bytes)
{
    if (bytes < PC_LIST_BYTES_MIN)
        return -EINVAL;
    size_t share = bytes / SHARES & ~(size_t)7;
    char *records = buffer;
    char *dirents = records + RECORD_SHARE * share;
    size_t described = 0;
    for (size_t filled = 0; share - filled >= LONGEST_DIRENT_BYTES;) {
        long read = PC_RETRY(syscall(SYS_getdents64, dir, dirents + filled, share - filled));
        if (read == 0)
            return (ssize_t)(described | PC_LIST_END);
        if (read < 0) {
            if (described > 0) /* the next call returns the error */
                break;
            return -errno;
        }
        described += describe_dirents(dir, dirents + filled, (size_t)read, records + described);
        filled += (size_t)read;
    }
    return (ssize_t)described;
}

int pc_describe(int dir, const char *name, size_t name_bytes, bool follow, void *record, size_t room)
{
    if (name_bytes > PC_ENTRY_NAME_BYTES_MAX)
        return -ENAMETOOLONG;
    if (room < pc_entry_bytes(name_bytes))
        return -EINVAL;
    struct pc_entry *entry = record;
    pc_entry_begin(entry, name, name_bytes);
    int flags = (name_bytes == 0 ? AT_EMPTY_PATH : 0) | (follow ? 0 : AT_SYMLINK_NOFOLLOW);
    int result = pc_entry_read_status(entry, dir, entry->name, flags);
    return result < 0 ? result : entry->record_bytes;
}

/* DT_UNKNOWN if the name does not exist, or -errno. */
static int type_of(int dir, const char *name)
{
    struct stat status;
    if (PC_RETRY(fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT)) == 0)
        return IFTODT(status.st_mode);
    return errno == ENOENT ? DT_UNKNOWN : -errno;
}

ssize_t pc_types_of(int dir, const void *records, size_t bytes, unsigned char *types, size_t types_max)
{
    size_t count = 0;
    const char *end = (const char *)records + bytes;
    for (const struct pc_entry *entry = records; (const char *)entry < end; count++) {
        if (!pc_entry_is_whole(entry, (size_t)(end - (const char *)entry)) || count == types_max)
            return -EINVAL;
        int type = type_of(dir, entry->name);
        if (type < 0)
            return type;
        types[count] = (unsigned char)type;
        entry = (const struct pc_entry *)((const char *)entry + entry->record_bytes);
    }
    return (ssize_t)count;
}
