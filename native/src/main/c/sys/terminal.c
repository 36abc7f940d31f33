#include "sys/terminal.h"

#include <errno.h>
#include <sys/ioctl.h>

int pc_terminal_columns(int fd)
{
    struct winsize size;
    return ioctl(fd, TIOCGWINSZ, &size) < 0 ? -errno : size.ws_col;
}
