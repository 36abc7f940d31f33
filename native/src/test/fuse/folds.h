#ifndef FOLDS_H
#define FOLDS_H

#include "operations.h"

/*
 * The same operations where names of one directory that differ in nothing but the case of ASCII letters are one, in the spelling that it
 * was made with.
 */
struct fuse_lowlevel_ops folds_of(const struct fuse_lowlevel_ops *distinct);

#endif
