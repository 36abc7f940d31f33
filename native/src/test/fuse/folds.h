#ifndef FOLDS_H
#define FOLDS_H

#include "operations.h"

/*
 * The same operations for directories that fold names which differ only in the case of ASCII letters. An entry has the
 * spelling it was created with.
 */
struct fuse_lowlevel_ops folds_of(const struct fuse_lowlevel_ops *distinct);

#endif
