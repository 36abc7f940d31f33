# Finds the Java bindings of the Open MPI that is first on PATH.
#   OpenMpiJava_FOUND     it was built with them (the jar may still be missing, see openmpi-java.cmake)
#   OpenMpiJava_VERSION   the Open MPI's; jar and library of different versions do not mix
#   OpenMpiJava_LIBRARY   libmpi_java
#   OpenMpiJava_JAR       its own mpi.jar, or empty: Debian ships the library alone
# Runs no Java: the bindings' own first class ends the JVM when it cannot load the library.
include(FindPackageHandleStandardArgs)

find_program(OpenMpiJava_OMPI_INFO ompi_info)
set(OpenMpiJava_LIBRARY "")
set(OpenMpiJava_JAR "")
if(OpenMpiJava_OMPI_INFO)
  execute_process(COMMAND ${OpenMpiJava_OMPI_INFO} --version OUTPUT_VARIABLE version)
  string(REGEX MATCH "[0-9]+\\.[0-9]+[^ \n]*" OpenMpiJava_VERSION "${version}")
  execute_process(COMMAND ${OpenMpiJava_OMPI_INFO} --path libdir --parsable OUTPUT_VARIABLE path)
  string(REGEX REPLACE "^path:libdir:([^\n]*).*" "\\1" libdir "${path}")

  # A site's Open MPI has both in its libdir. Debian's libdir, …/openmpi/lib, is for developers; its libraries lie above.
  foreach(candidate ${libdir}/libmpi_java.so ${libdir}/../../libmpi_java.so.40)
    if(NOT OpenMpiJava_LIBRARY AND EXISTS ${candidate})
      file(REAL_PATH ${candidate} OpenMpiJava_LIBRARY)
    endif()
  endforeach()
  if(EXISTS ${libdir}/mpi.jar)
    set(OpenMpiJava_JAR ${libdir}/mpi.jar)
  endif()
endif()

find_package_handle_standard_args(OpenMpiJava
  REQUIRED_VARS OpenMpiJava_OMPI_INFO OpenMpiJava_LIBRARY VERSION_VAR OpenMpiJava_VERSION)
