#include "pcircle_config.h"

#include "filesystem/name_folding.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record/failure.h"
#include "sys/retry.h"

struct pc_spelling {
    const char *name;
    bool is_stored; /* the target has exactly this spelling */
};

/* ---- reading a directory ---- */

typedef void visit(const struct dirent *found, void *what);

static int visit_all(int dir, visit *do_visit, void *what)
{
    int fd = PC_RETRY(openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    DIR *listing = fd < 0 ? NULL : fdopendir(fd);
    if (!listing) {
        int error = -errno;
        if (fd >= 0)
            close(fd);
        return error;
    }
    const struct dirent *found;
    while (errno = 0, (found = readdir(listing)))
        do_visit(found, what);
    int error = -errno;
    closedir(listing);
    return error;
}

/* ---- the target ---- */

/* Writes the name with its first ASCII letter in the other case. False if it has none, or is too long. */
static bool vary(const char *name, char varied[static PC_ENTRY_NAME_BYTES_MAX + 1])
{
    if (snprintf(varied, PC_ENTRY_NAME_BYTES_MAX + 1, "%s", name) > PC_ENTRY_NAME_BYTES_MAX)
        return false;
    for (char *letter = varied; *letter; letter++) {
        if ((*letter >= 'a' && *letter <= 'z') || (*letter >= 'A' && *letter <= 'Z')) {
            *letter ^= 'a' ^ 'A';
            return true;
        }
    }
    return false;
}

/* The target's entry for a name. */
struct stored {
    const char *name, *varied;
    ino_t inode;
    bool is_single; /* the entry has no hard links */
    bool has_name, has_varied;
    char other[PC_ENTRY_NAME_BYTES_MAX + 1]; /* another spelling of the name; empty: none was found */
    bool is_other_alike;                     /* it differs only in the case of ASCII letters */
};

static void look_at_stored(const struct dirent *found, void *what)
{
    struct stored *stored = what;
    if (strcmp(found->d_name, stored->name) == 0) {
        stored->has_name = true;
        return;
    }
    if (strcmp(found->d_name, stored->varied) == 0)
        stored->has_varied = true;
    bool is_alike = strcasecmp(found->d_name, stored->name) == 0;
    bool is_it = is_alike || (stored->is_single && found->d_ino == stored->inode && !stored->is_other_alike);
    if (is_it) {
        snprintf(stored->other, sizeof stored->other, "%s", found->d_name);
        stored->is_other_alike = is_alike;
    }
}

static int find_stored(int dir, struct stored *stored)
{
    struct stat status;
    if (PC_RETRY(fstatat(dir, stored->name, &status, AT_SYMLINK_NOFOLLOW)) == 0) {
        stored->inode = status.st_ino;
        stored->is_single = S_ISDIR(status.st_mode) || status.st_nlink == 1;
    }
    return visit_all(dir, look_at_stored, stored);
}

/* ---- the names of a batch ---- */

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct pc_spelling *)a)->name, ((const struct pc_spelling *)b)->name);
}

static struct pc_spelling *spelling_of(const struct pc_folding *folding, const char *name)
{
    struct pc_spelling wanted = {.name = name};
    return bsearch(&wanted, folding->spellings, folding->count, sizeof wanted, compare);
}

static void note_stored(const struct dirent *found, void *what)
{
    struct pc_spelling *spelling = spelling_of(what, found->d_name);
    if (spelling)
        spelling->is_stored = true;
}

/* Once read it stays valid: no entries are removed meanwhile, and replacing an entry preserves its spelling. */
static int read_spellings(int dir, struct pc_folding *folding)
{
    size_t count = 0;
    for (struct pc_entry *entry = folding->records; entry != folding->end; entry = pc_entry_next(entry))
        count++;
    if (count < 2)
        return 0;
    folding->spellings = calloc(count, sizeof *folding->spellings);
    if (!folding->spellings)
        return -ENOMEM;
    folding->count = count;
    struct pc_spelling *next = folding->spellings;
    for (struct pc_entry *entry = folding->records; entry != folding->end; entry = pc_entry_next(entry))
        next++->name = entry->name;
    qsort(folding->spellings, count, sizeof *folding->spellings, compare);
    return visit_all(dir, note_stored, folding);
}

static bool is_known_as_stored(const struct pc_folding *folding, const char *name)
{
    const struct pc_spelling *spelling = folding->spellings ? spelling_of(folding, name) : NULL;
    return spelling && spelling->is_stored;
}

/* ---- the source ---- */

/* Entries of the source that come before this name as the owner of the target's entry. */
struct rivals {
    const char *name;
    const struct stored *stored;
    bool has_name, has_rival;
};

static void look_for_rival(const struct dirent *found, void *what)
{
    struct rivals *rivals = what;
    int order = strcmp(found->d_name, rivals->name);
    bool is_stored = strcmp(found->d_name, rivals->stored->other) == 0;
    bool is_alike = strcasecmp(found->d_name, rivals->name) == 0;
    if (order == 0)
        rivals->has_name = true;
    else if (is_stored || (is_alike && (order < 0 || !rivals->stored->other[0])))
        rivals->has_rival = true;
}

/* ---- the check ---- */

static int is_there(int dir, const char *name)
{
    struct stat status;
    if (PC_RETRY(fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW)) == 0)
        return 1;
    return errno == ENOENT ? 0 : -errno;
}

int pc_may_be_taken(int target_dir, const char *target_name)
{
    char varied[PC_ENTRY_NAME_BYTES_MAX + 1];
    return vary(target_name, varied) ? is_there(target_dir, varied) : 0;
}

/* 1 if it belongs to another entry, 0 if not, or -errno */
static int is_taken(int source_dir, int target_dir, const char *name, struct pc_folding *folding)
{
    char varied[PC_ENTRY_NAME_BYTES_MAX + 1];
    bool has_letter = vary(name, varied);
    if (folding->names == PC_FOLDING_UNKNOWN) {
        int varied_is_there = has_letter ? is_there(target_dir, varied) : 0;
        if (varied_is_there < 0 || !has_letter)
            return varied_is_there;
        if (!varied_is_there)
            folding->names = PC_NAMES_DISTINCT;
    }
    if (folding->names == PC_NAMES_DISTINCT || is_known_as_stored(folding, name))
        return 0;

    struct stored stored = {.name = name, .varied = varied};
    int error = find_stored(target_dir, &stored);
    if (error < 0)
        return error;
    if (folding->names == PC_FOLDING_UNKNOWN) {
        bool are_two = stored.has_name && stored.has_varied;
        folding->names = are_two ? PC_NAMES_DISTINCT : PC_NAMES_FOLDED;
        error = are_two ? 0 : read_spellings(target_dir, folding);
    }
    if (error < 0 || stored.has_name)
        return error;
    struct rivals rivals = {.name = name, .stored = &stored};
    error = visit_all(source_dir, look_for_rival, &rivals);
    return error < 0 ? error : rivals.has_name && rivals.has_rival;
}

int pc_refuse_taken(
    int source_dir,
    const char *source_name,
    int target_dir,
    const char *target_name,
    struct pc_folding *folding)
{
    if (strcmp(source_name, target_name) != 0)
        return 0;
    int result = is_taken(source_dir, target_dir, target_name, folding);
    return result == 0 ? 0 : pc_failed(PC_TAKEN, result < 0 ? -result : EEXIST);
}

int pc_refuse_taken_alone(
    int source_dir, const char *source_name, int target_dir, const char *target_name)
{
    struct pc_folding folding = {0};
    int result = pc_refuse_taken(source_dir, source_name, target_dir, target_name, &folding);
    pc_folding_end(&folding);
    return result;
}

struct alike {
    const char *name;
    char first[PC_ENTRY_NAME_BYTES_MAX + 1]; /* in the order of bytes; empty: none was found */
};

static void look_for_alike(const struct dirent *found, void *what)
{
    struct alike *alike = what;
    if (strcasecmp(found->d_name, alike->name) == 0 && (!alike->first[0] || strcmp(found->d_name, alike->first) < 0))
        snprintf(alike->first, sizeof alike->first, "%s", found->d_name);
}

int pc_spelling_in(int source_dir, int target_dir, const char *target_name, char *spelling, size_t room)
{
    char varied[PC_ENTRY_NAME_BYTES_MAX + 1];
    int is_varied_there = vary(target_name, varied) ? is_there(target_dir, varied) : 0;
    if (is_varied_there <= 0)
        return is_varied_there;
    struct stored stored = {.name = target_name, .varied = varied};
    int error = find_stored(target_dir, &stored);
    if (error < 0 || (stored.has_name && stored.has_varied))
        return error;
    struct alike alike = {.name = target_name};
    error = visit_all(source_dir, look_for_alike, &alike);
    if (error < 0)
        return error;
    int bytes = snprintf(spelling, room, "%s", alike.first);
    return (size_t)bytes < room ? bytes : -ENAMETOOLONG;
}

void pc_folding_end(struct pc_folding *folding)
{
    free(folding->spellings);
    folding->spellings = NULL;
}
