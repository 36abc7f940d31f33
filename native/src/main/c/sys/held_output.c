#include "sys/held_output.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

enum { STREAMS = 2, PIECE = 4096 };

static const int streams[STREAMS] = {STDERR_FILENO, STDOUT_FILENO};

/* Exported, so that the launcher and the library, which both contain this file, share one. */
__attribute__((visibility("default"))) struct {
    int is_held;
    int place[STREAMS]; /* duplicate of the original descriptor */
    int held[STREAMS];  /* memory files */
} pcircle_hold;

static void close_all(int count)
{
    for (int i = 0; i < count; i++) {
        close(pcircle_hold.place[i]);
        close(pcircle_hold.held[i]);
    }
}

int pc_hold_output(void)
{
    for (int i = 0; i < STREAMS; i++) {
        pcircle_hold.place[i] = fcntl(streams[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        int error = -errno;
        pcircle_hold.held[i] = -1;
        if (pcircle_hold.place[i] >= 0) {
            pcircle_hold.held[i] = memfd_create("held", MFD_CLOEXEC);
            error = -errno;
        }
        if (pcircle_hold.held[i] < 0) {
            close_all(i);
            if (pcircle_hold.place[i] >= 0)
                close(pcircle_hold.place[i]);
            return error;
        }
    }
    for (int i = 0; i < STREAMS; i++)
        dup2(pcircle_hold.held[i], streams[i]);
    pcircle_hold.is_held = 1;
    return 0;
}

int pc_is_output_held(void)
{
    return pcircle_hold.is_held;
}

static void let_go(void)
{
    for (int i = 0; i < STREAMS; i++)
        dup2(pcircle_hold.place[i], streams[i]);
    pcircle_hold.is_held = 0;
}

/* As much of it as can be written; errors cannot be reported any more. */
static void print(int held, int stream)
{
    char piece[PIECE];
    off_t position = 0;
    ssize_t bytes;
    while ((bytes = pread(held, piece, sizeof piece, position)) > 0) {
        ssize_t written = write(stream, piece, (size_t)bytes);
        if (written < 0 && errno != EINTR)
            return;
        position += written > 0 ? written : 0;
    }
}

void pc_release_output(void)
{
    if (!pcircle_hold.is_held)
        return;
    let_go();
    for (int i = 0; i < STREAMS; i++)
        print(pcircle_hold.held[i], streams[i]);
    close_all(STREAMS);
}

void pc_drop_output(char *text, size_t bytes)
{
    size_t used = 0;
    if (pcircle_hold.is_held) {
        let_go();
        for (int i = 0; i < STREAMS && used < bytes; i++) {
            ssize_t more = pread(pcircle_hold.held[i], text + used, bytes - used, 0);
            used += more > 0 ? (size_t)more : 0;
        }
        close_all(STREAMS);
    }
    text[used] = '\0';
}
