# Finds the headers of liblustreapi. The library itself is only opened at run time, where there is one: a pcircle
# built on a node without Lustre keeps file layouts on a node that has it.
#   LustreApi_FOUND, LustreApi_INCLUDE_DIR (lustre/lustreapi.h)
include(FindPackageHandleStandardArgs)

find_path(LustreApi_INCLUDE_DIR lustre/lustreapi.h)
mark_as_advanced(LustreApi_INCLUDE_DIR)

find_package_handle_standard_args(LustreApi REQUIRED_VARS LustreApi_INCLUDE_DIR)
