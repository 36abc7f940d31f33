# Sourced by the commands with their arguments: starts one rank of command, whose main class is called class. home is the
# installation. Forks nothing, or one readlink where java is a symbolic link.
# shellcheck source=java.sh
. "$home/lib/java.sh"

# As a rank of Open MPI, Slurm or another PMI launcher: the quick, quiet and safe way for small messages (UCX's handler
# of SIGSEGV ends a JVM), unless the user or the site says otherwise.
case ${OMPI_COMM_WORLD_RANK+y}${PMIX_RANK+y}${PMI_RANK+y}${SLURM_STEP_NUM_TASKS+y} in
  y*)
    export OMPI_MCA_pml="${OMPI_MCA_pml-ob1}"
    export UCX_ERROR_SIGNALS="${UCX_ERROR_SIGNALS-}"
    ;;
esac

# The quick compiler makes SHA-256 ten times as slow: it does not use the processor's instructions for it.
case $* in
  *--digest[=\ ]sha256*) compiler='' ;;
  *) compiler=-XX:TieredStopAtLevel=1 ;;
esac

set -- -cp "$home/lib/pcircle.jar:$home/lib/openmpi/mpi.jar" "org.pcircle.cli.$class" "$@"

# Shared class data that lib/share-classes has made for this Java. The JVM sees for itself whether they fit, and loads the
# classes from the jars if not, with a warning that is of no use to anybody.
if [ -r "$home/lib/cds/$version.$command.aot" ]; then
  share="-XX:AOTCache=$home/lib/cds/$version.$command.aot" quiet='-Xlog:aot*=off'
elif [ -r "$home/lib/cds/$version.$command.jsa" ]; then
  share="-XX:SharedArchiveFile=$home/lib/cds/$version.$command.jsa" quiet='-Xlog:cds*=off'
else
  share='' quiet=''
fi

# It asks for a checkpoint, but would end a JVM that does not handle it yet: until then it is ignored.
trap '' USR1

# Many ranks share a host: one quick compiler, a collector without threads, a fixed budget of memory: the heap, of which
# short-lived objects soon use the same part again instead of touching a third of it once, and 1.4 MiB of buffers for each
# worker, 4.4 MiB on Lustre, of which there are 1024 at most. No performance data in /tmp: where containers share it the JVM complains on stdout.
# shellcheck disable=SC2086  # options, separated by spaces
exec "$java" ${compiler:+"$compiler"} -XX:+UseSerialGC ${share:+"$share" "$quiet"} \
  -Xmx256m -Xmn16m -XX:MaxDirectMemorySize=4608m -XX:-UsePerfData --enable-native-access=ALL-UNNAMED \
  -Dpcircle.native="$home/lib/libpcircle.so" -Djava.library.path="$home/lib:$home/lib/openmpi" \
  ${PCIRCLE_JAVA_OPTS-} "$@"
