#include "support/copies.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "support/fault.h"
#include "support/files.h"
#include "support/test.h"

struct pc_context copy_context;
struct pc_pipe copy_pipe;
struct pc_copy copy;

void begin_copy(int dir, enum pc_method method)
{
    copy_context = context_for(method);
    if (!copy.io)
        copy.io = test_memory(IO_BYTES);
    copy.io_bytes = IO_BYTES;
    copy.context = &copy_context;
    copy.pipe = &copy_pipe;
    copy.source = openat(dir, "source", O_RDONLY | O_CLOEXEC);
    copy.target = openat(dir, "target", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    CHECK(copy.source >= 0 && copy.target >= 0);
    fault_clear();
}

void end_copy(void)
{
    CHECK(close(copy.source) == 0);
    CHECK(close(copy.target) == 0);
    pc_pipe_close(&copy_pipe);
}

bool works_here(enum pc_method method)
{
    static int works[PC_REFLINK + 1]; /* 0 = not known yet */
    if (works[method] == 0) {
        fault_clear();
        make_file(here, "works.source", 8192);
        struct pc_context how = context_for(method);
        struct pc_copy trial = {
            openat(here, "works.source", O_RDONLY), openat(here, "works.target", O_WRONLY | O_CREAT, 0600), &how,
            test_memory(IO_BYTES), IO_BYTES, &copy_pipe, 0};
        works[method] = pc_copy_file(&trial, 8192) == 8192 ? 1 : -1;
        close(trial.source);
        close(trial.target);
        pc_pipe_close(&copy_pipe);
        CHECK(unlinkat(here, "works.source", 0) == 0 && unlinkat(here, "works.target", 0) == 0);
        fault_clear();
    }
    return works[method] > 0;
}

int next_method(int method)
{
    while (++method <= PC_REFLINK && !works_here((enum pc_method)method))
        continue;
    return method;
}

void check_target_is_same(void)
{
    CHECK(is_same_data(here, "source", here, "target"));
    CHECK_EQUAL(status_of(here, "source").st_size, status_of(here, "target").st_size);
    CHECK(strcmp(map_of(here, "source"), map_of(here, "target")) == 0);
}

void check_copies_file(enum pc_method method)
{
    begin_copy(here, method);
    int64_t bytes = status_of(here, "source").st_size;
    CHECK_EQUAL(bytes, pc_copy_file(&copy, bytes));
    end_copy();
    check_target_is_same();
}

void remove_source(void)
{
    CHECK(unlinkat(here, "source", 0) == 0);
}
