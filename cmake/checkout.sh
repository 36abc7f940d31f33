# Sourced by the commands of the checkout top: sets up and builds what is not there yet, then starts the distribution's command.
distribution=$top/java/target/pcircle
# One process does it; the other ranks, on this host or on another that shares the checkout, wait for it. What is not needed to run,
# tests and packages, is not built.
build() (
  mkdir -p "$top/build" && exec 9>"$top/build/setup.lock" && flock 9 || return
  [ ! -e "$distribution/.complete" ] || return 0
  echo "$command: not built yet; setting up and building, once"
  name=$command
  # shellcheck source=step.sh
  . "$top/cmake/step.sh"
  "$top/cmake/setup" && step "building (the first time Maven fetches what it needs)" \
    mvn -B -f "$top/pom.xml" -Prunning -DskipTests -pl native,java -am package
)
if [ ! -e "$distribution/.complete" ]; then
  build </dev/null >&2 || { echo "$command: could not be built; nothing was done" >&2; exit 2; }
fi
exec "$distribution/bin/$command" "$@"
