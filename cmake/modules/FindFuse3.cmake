# Finds libfuse 3, with which programs are file systems.
#   Fuse3_FOUND, Fuse3_INCLUDE_DIR (fuse3/fuse.h), Fuse3_LIBRARY
include(FindPackageHandleStandardArgs)

find_path(Fuse3_INCLUDE_DIR fuse3/fuse.h)
find_library(Fuse3_LIBRARY fuse3)
mark_as_advanced(Fuse3_INCLUDE_DIR Fuse3_LIBRARY)

find_package_handle_standard_args(Fuse3 REQUIRED_VARS Fuse3_LIBRARY Fuse3_INCLUDE_DIR)
