# Finds libattr, which knows which extended attributes belong to a file and which to its file system.
#   LibAttr_FOUND, LibAttr_INCLUDE_DIR (attr/libattr.h), LibAttr_LIBRARY
include(FindPackageHandleStandardArgs)

find_path(LibAttr_INCLUDE_DIR attr/libattr.h)
find_library(LibAttr_LIBRARY attr)
mark_as_advanced(LibAttr_INCLUDE_DIR LibAttr_LIBRARY)

find_package_handle_standard_args(LibAttr REQUIRED_VARS LibAttr_LIBRARY LibAttr_INCLUDE_DIR)
