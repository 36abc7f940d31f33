# Sourced by what sets up and builds, with its name in `name` and the checkout's top in `top`. People see a line for each step: what it
# does, and how long it took; what its commands print goes to build/setup.log.

# Begins the log anew, unless who has started this has.
if [ -z "${PCIRCLE_SETUP_LOG-}" ]; then
  mkdir -p "$top/build"
  PCIRCLE_SETUP_LOG=$(cd "$top/build" && pwd)/setup.log
  export PCIRCLE_SETUP_LOG
  : >"$PCIRCLE_SETUP_LOG"
fi

# step WHAT COMMAND...: runs a command. Returns its exit code.
step() {
  what=$1
  shift
  printf '%s: %s ... ' "$name" "$what" >&2
  printf '\n== %s: %s\n' "$(date '+%F %T')" "$what" >>"$PCIRCLE_SETUP_LOG"
  begin=$(date +%s)
  "$@" </dev/null >>"$PCIRCLE_SETUP_LOG" 2>&1 || {
    code=$?
    printf 'failed; see %s\n' "$PCIRCLE_SETUP_LOG" >&2
    return "$code"
  }
  printf '%s s\n' "$(($(date +%s) - begin))" >&2
}
