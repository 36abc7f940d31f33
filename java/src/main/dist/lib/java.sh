# Sourced by what starts Java: finds the one to use, and refuses where there is none or it is too old.
# command is what complains. Sets java, its path with links resolved, and version, as 17.0.15; empty where the JDK does not say.

refuse() {
  printf '%s: %s\n' "$command" "$1" >&2
  exit 2
}

# JAVA_HOME's java, else the first on PATH.
if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
else
  set -f
  IFS=:
  for directory in $PATH; do
    java=$directory/java
    [ ! -x "$java" ] || break
  done
  unset IFS
  set +f
fi
[ -x "$java" ] || refuse "no Java here: install Java 17 or newer, or set JAVA_HOME${JAVA_HOME:+ (it is $JAVA_HOME)}"

# Its version, from the file that every JDK has; an older one would only say that it does not know our options.
[ ! -L "$java" ] || java=$(readlink -f -- "$java")
version=
if [ -r "${java%/*}/../release" ]; then
  while IFS='="' read -r key _ value _; do
    if [ "$key" = JAVA_VERSION ]; then
      version=$value
      break
    fi
  done <"${java%/*}/../release"
  [ -z "$version" ] || [ "${version%%[!0-9]*}" -ge 17 ] || refuse "Java $version is too old ($java): 17 or newer is needed"
fi
