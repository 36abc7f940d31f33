/* Properties of the terminal. */
#pragma once

/* The columns of the terminal `fd`, 0 if unknown; or -errno: -ENOTTY if it is no terminal. */
int pc_terminal_columns(int fd);
