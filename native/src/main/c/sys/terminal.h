/* The terminal that people look at. */
#pragma once

/* Columns of the terminal that is `fd`, 0 if it does not say; -errno, -ENOTTY if it is no terminal. */
int pc_terminal_columns(int fd);
