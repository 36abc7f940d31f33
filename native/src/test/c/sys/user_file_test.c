#include "sys/user_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

enum { SHORT_MS = 20 };

/* The path of a name in this case's directory: memory of the case. */
static const char *path_of(const char *name)
{
    char *path = test_memory(PATH_MAX);
    snprintf(path, PATH_MAX, "%s/%s", here_path, name);
    return path;
}

static void put_text(int fd, const char *text)
{
    CHECK_EQUAL(strlen(text), write(fd, text, strlen(text)));
}

static void check_text(const char *expected, const char *name)
{
    char text[64] = {0};
    int fd = openat(here, name, O_RDONLY);
    CHECK(read(fd, text, sizeof text - 1) >= 0);
    close(fd);
    CHECK(strcmp(expected, text) == 0);
}

static void make_standard(int fd, const char *name)
{
    int file = openat(here, name, O_RDWR | O_CREAT | O_APPEND, 0644);
    CHECK(dup2(file, fd) == fd);
    close(file);
}

static void a_file_that_is_a_standard_descriptor_is_known_by_any_name(void)
{
    make_text(here, "other", "x");
    make_standard(STDIN_FILENO, "in");
    make_standard(STDOUT_FILENO, "out");
    CHECK(symlinkat("out", here, "link") == 0);
    CHECK(linkat(here, "out", here, "name", 0) == 0);
    CHECK_EQUAL(0, pc_standard_descriptor(path_of("in"), false));
    CHECK_EQUAL(1, pc_standard_descriptor(path_of("out"), false));
    CHECK_EQUAL(1, pc_standard_descriptor(path_of("link"), false));
    CHECK_EQUAL(1, pc_standard_descriptor(path_of("name"), false));
    CHECK_EQUAL(1, pc_standard_descriptor("/dev/stdout", false));
    CHECK_EQUAL(2, pc_standard_descriptor("/dev/fd/2", false));
    CHECK_EQUAL(-ENOENT, pc_standard_descriptor(path_of("other"), false));
    CHECK_EQUAL(-ENOENT, pc_standard_descriptor(path_of("missing"), false));
}

static void where_the_launcher_s_output_goes_counts_for_who_is_launched(void)
{
    make_standard(STDOUT_FILENO, "parents");
    pid_t child = fork();
    if (child == 0) {
        make_standard(STDOUT_FILENO, "childs");
        bool is_known = pc_standard_descriptor(path_of("parents"), true) == 1
                        && pc_standard_descriptor(path_of("parents"), false) == -ENOENT;
        _exit(is_known ? 0 : 1);
    }
    int status;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK_EQUAL(0, status);
}

static void a_descriptor_that_can_only_be_read_or_is_closed_takes_nothing(void)
{
    CHECK_EQUAL(-EBADF, pc_check_writable(open("/dev/null", O_RDONLY)));
    CHECK_EQUAL(-EBADF, pc_check_writable(999));
    CHECK_EQUAL(0, pc_check_writable(open("/dev/null", O_WRONLY)));
}

static void a_fifo_is_waited_for_and_read_to_its_end(void)
{
    char text[8];
    CHECK(mkfifoat(here, "fifo", 0600) == 0);
    int fd = pc_open_input(path_of("fifo"));
    CHECK(fd >= 0);
    CHECK_EQUAL(-EAGAIN, pc_read_on(fd, text, sizeof text, SHORT_MS)); /* not its end: there was no writer yet */
    int writer = openat(here, "fifo", O_WRONLY);
    CHECK_EQUAL(-EAGAIN, pc_read_on(fd, text, sizeof text, SHORT_MS));
    put_text(writer, "ab");
    CHECK_EQUAL(2, pc_read_on(fd, text, sizeof text, SHORT_MS));
    put_text(writer, "c");
    close(writer);
    CHECK_EQUAL(1, pc_read_on(fd, text, sizeof text, SHORT_MS));
    CHECK_EQUAL(0, pc_read_on(fd, text, sizeof text, SHORT_MS));
    close(fd);
}

/* As of the shell's <(...): the writer may have ended before anything is opened. */
static void a_pipe_that_is_open_already_is_read_through_its_descriptor(void)
{
    int ends[2];
    char text[8], path[32];
    CHECK(pipe(ends) == 0);
    put_text(ends[1], "ab");
    close(ends[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    int fd = pc_open_input(path);
    CHECK(fd >= 0 && fd != ends[0]);
    CHECK_EQUAL(2, pc_read_on(fd, text, sizeof text, SHORT_MS));
    CHECK_EQUAL(0, pc_read_on(fd, text, sizeof text, SHORT_MS));
    CHECK(dup2(ends[0], STDIN_FILENO) == STDIN_FILENO);
    CHECK_EQUAL(0, pc_read_on(pc_open_input("/dev/stdin"), text, sizeof text, SHORT_MS));
}

static void an_input_that_is_a_directory_says_so(void)
{
    CHECK_EQUAL(-EISDIR, pc_open_input(here_path));
    CHECK_EQUAL(-ENOENT, pc_open_input(path_of("missing")));
    CHECK_EQUAL(-ENOENT, pc_open_input("/dev/fd/999"));
}

static void an_output_is_looked_at_without_being_touched(void)
{
    make_text(here, "file", "old");
    set_mtime(here, "file", 1000000, 0);
    close(make_directory(here, "directory"));
    CHECK(symlinkat("nowhere", here, "dangling") == 0);
    CHECK(mkfifoat(here, "fifo", 0600) == 0);
    CHECK_EQUAL(0, pc_check_output(path_of("file")));
    CHECK_EQUAL(0, pc_check_output(path_of("new")));
    CHECK_EQUAL(0, pc_check_output(path_of("fifo")));
    CHECK_EQUAL(0, pc_check_output("/dev/null"));
    CHECK_EQUAL(-EISDIR, pc_check_output(path_of("directory")));
    CHECK_EQUAL(-EISDIR, pc_check_output(path_of("directory/")));
    CHECK_EQUAL(-EISDIR, pc_check_output(path_of("new/")));
    CHECK_EQUAL(-ENOENT, pc_check_output(path_of("no/where")));
    CHECK_EQUAL(-ENOTDIR, pc_check_output(path_of("file/below")));
    CHECK_EQUAL(-ENOENT, pc_check_output(path_of("dangling")));
    CHECK(chdir(here_path) == 0);
    CHECK_EQUAL(0, pc_check_output("new"));
    CHECK(!is_there(here, "new"));
    CHECK_EQUAL(1000000, status_of(here, "file").st_mtime);
    check_text("old", "file");
}

static void an_output_that_is_not_permitted_is_found_out(void)
{
    make_text(here, "file", "old");
    CHECK(fchmodat(here, "file", 0444, 0) == 0);
    close(make_directory(here, "closed"));
    CHECK(fchmodat(here, "closed", 0555, 0) == 0);
    test_become_user();
    CHECK_EQUAL(-EACCES, pc_check_output(path_of("file")));
    CHECK_EQUAL(-EACCES, pc_check_output(path_of("closed/new")));
}

static void an_output_is_emptied_or_added_to(void)
{
    make_text(here, "file", "old");
    int fd = pc_open_output(path_of("file"), 0644, true);
    put_text(fd, "new");
    close(fd);
    check_text("oldnew", "file");
    fd = pc_open_output(path_of("file"), 0644, false);
    put_text(fd, "new");
    close(fd);
    check_text("new", "file");
}

static void a_fifo_is_written_when_somebody_reads_it(void)
{
    CHECK(mkfifoat(here, "fifo", 0600) == 0);
    CHECK_EQUAL(-ENXIO, pc_open_output(path_of("fifo"), 0644, false));
    int reader = openat(here, "fifo", O_RDONLY | O_NONBLOCK);
    int fd = pc_open_output(path_of("fifo"), 0644, false);
    CHECK(fd >= 0 && (fcntl(fd, F_GETFL) & O_NONBLOCK) == 0);
    CHECK(S_ISFIFO(status_of(here, "fifo").st_mode));
    CHECK(!pc_is_reader_gone(fd));
    close(reader);
    CHECK(pc_is_reader_gone(fd));
}

static void a_descriptor_that_was_given_is_written_where_it_stands(void)
{
    char path[64];
    make_text(here, "log", "before\n");
    int given = openat(here, "log", O_WRONLY | O_APPEND);
    snprintf(path, sizeof path, "/dev/fd/%d", given);
    CHECK_EQUAL(0, pc_check_output(path));
    int fd = pc_open_output(path, 0600, false);
    CHECK(fd >= 0 && fd != given);
    put_text(fd, "after\n");
    close(fd);
    close(given);
    check_text("before\nafter\n", "log");
}

static void a_descriptor_of_one_s_own_is_not_written(void)
{
    char path[64];
    make_text(here, "own", "mine");
    for (int i = 0; i < 2; i++) {
        int own = openat(here, "own", i == 0 ? O_RDONLY : O_WRONLY | O_CLOEXEC);
        snprintf(path, sizeof path, "/proc/self/fd/%d", own);
        CHECK_EQUAL(-EBADF, pc_check_output(path));
        CHECK_EQUAL(-EBADF, pc_open_output(path, 0600, false));
        close(own);
    }
    CHECK_EQUAL(-EBADF, pc_check_output(path));
    check_text("mine", "own");
}

static void a_file_is_replaced_when_the_new_one_is_whole(void)
{
    char beside[PATH_MAX];
    make_text(here, "file", "old");
    CHECK(fchmodat(here, "file", 0640, 0) == 0);
    int fd = pc_begin_beside(path_of("file"), 0600, beside, sizeof beside);
    put_text(fd, "new");
    check_text("old", "file");
    CHECK_EQUAL(0, pc_put_in_place(fd, beside, path_of("file")));
    close(fd);
    check_text("new", "file");
    CHECK_EQUAL(S_IFREG | 0640, status_of(here, "file").st_mode);
    CHECK_EQUAL(1, count_entries(here));

    CHECK(chdir(here_path) == 0);
    fd = pc_begin_beside("first", 0604, beside, sizeof beside);
    CHECK_EQUAL(0, pc_put_in_place(fd, beside, "first"));
    close(fd);
    CHECK_EQUAL(S_IFREG | 0604, status_of(here, "first").st_mode);
}

static void what_is_more_than_a_file_of_one_s_own_is_not_replaced(void)
{
    char beside[PATH_MAX];
    make_text(here, "file", "old");
    CHECK(symlinkat("file", here, "link") == 0);
    CHECK(mkfifoat(here, "fifo", 0600) == 0);
    CHECK_EQUAL(-EOPNOTSUPP, pc_begin_beside(path_of("link"), 0600, beside, sizeof beside));
    CHECK_EQUAL(-EOPNOTSUPP, pc_begin_beside(path_of("fifo"), 0600, beside, sizeof beside));
    CHECK(linkat(here, "file", here, "name", 0) == 0);
    CHECK_EQUAL(-EOPNOTSUPP, pc_begin_beside(path_of("file"), 0600, beside, sizeof beside));
    CHECK_EQUAL(4, count_entries(here));
}

static const struct test_case cases[] = {
    {"a file that is a standard descriptor is known by any name",
     a_file_that_is_a_standard_descriptor_is_known_by_any_name},
    {"where the launcher's output goes counts for who is launched",
     where_the_launcher_s_output_goes_counts_for_who_is_launched},
    {"a descriptor that can only be read or is closed takes nothing",
     a_descriptor_that_can_only_be_read_or_is_closed_takes_nothing},
    {"a FIFO is waited for and read to its end", a_fifo_is_waited_for_and_read_to_its_end},
    {"a pipe that is open already is read through its descriptor",
     a_pipe_that_is_open_already_is_read_through_its_descriptor},
    {"an input that is a directory says so", an_input_that_is_a_directory_says_so},
    {"an output is looked at without being touched", an_output_is_looked_at_without_being_touched},
    {"an output that is not permitted is found out", an_output_that_is_not_permitted_is_found_out},
    {"an output is emptied or added to", an_output_is_emptied_or_added_to},
    {"a FIFO is written when somebody reads it", a_fifo_is_written_when_somebody_reads_it},
    {"a descriptor that was given is written where it stands",
     a_descriptor_that_was_given_is_written_where_it_stands},
    {"a descriptor of one's own is not written", a_descriptor_of_one_s_own_is_not_written},
    {"a file is replaced when the new one is whole", a_file_is_replaced_when_the_new_one_is_whole},
    {"what is more than a file of one's own is not replaced", what_is_more_than_a_file_of_one_s_own_is_not_replaced},
};

int main(void)
{
    return TEST_RUN(cases);
}
