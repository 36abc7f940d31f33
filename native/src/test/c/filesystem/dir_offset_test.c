#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "entries/list_directory.h"
#include "filesystem/dir_offset.h"
#include "support/files.h"
#include "support/test.h"

enum { MANY = 500 };

static int open_here(void)
{
    int dir = open(here_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CHECK(dir >= 0);
    return dir;
}

static bool has_lasting_positions(int dir)
{
    int64_t position = pc_dir_offset(dir);
    CHECK(position >= 0 || position == -EOPNOTSUPP);
    return position >= 0;
}

/* A new descriptor for every step. */
static void a_listing_is_resumed_through_other_descriptors(void)
{
    static char seen[MANY];
    if (!has_lasting_positions(here))
        test_skip("positions of this file system may not outlive a descriptor");
    for (int i = 0; i < MANY; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", i);
        make_file(here, name, 0);
    }
    char *buffer = test_memory(PC_LIST_BYTES_MIN);
    int64_t position = 0;
    int steps = 0;
    for (bool at_end = false; !at_end; steps++) {
        int dir = open_here();
        CHECK_EQUAL(0, pc_seek_dir_offset(dir, position));
        ssize_t listed = pc_list_directory(dir, buffer, PC_LIST_BYTES_MIN);
        CHECK(listed > 0);
        at_end = listed & PC_LIST_END;
        listed &= ~PC_LIST_END;
        for (char *at = buffer; at < buffer + listed; at = (char *)pc_entry_next((struct pc_entry *)at)) {
            int number;
            CHECK(sscanf(((struct pc_entry *)at)->name, "%d", &number) == 1 && number < MANY);
            seen[number]++;
        }
        position = pc_dir_offset(dir);
        CHECK(position >= 0);
        close(dir);
    }
    CHECK(steps > 5);
    for (int i = 0; i < MANY; i++)
        CHECK_EQUAL(1, seen[i]);
}

static void memory_has_no_lasting_positions(void)
{
    int tmpfs = test_mount_tmpfs("tmpfs", "1m");
    CHECK_EQUAL(-EOPNOTSUPP, pc_dir_offset(tmpfs));
}

static void a_failed_seek_says_why(void)
{
    CHECK_EQUAL(-EBADF, pc_dir_offset(-1));
    CHECK_EQUAL(-EBADF, pc_seek_dir_offset(-1, 0));
    CHECK_EQUAL(-EINVAL, pc_seek_dir_offset(here, -1));
}

static const struct test_case cases[] = {
    {"a listing is resumed through other descriptors", a_listing_is_resumed_through_other_descriptors},
    {"memory has no lasting positions", memory_has_no_lasting_positions},
    {"a failed seek says why", a_failed_seek_says_why},
};

int main(void)
{
    return TEST_RUN(cases);
}
