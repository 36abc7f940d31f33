# Sourced by what sets up and builds, with its name in `name` and the checkout's top in `top`. People see a line for each step: what it does,
# and how long it took; what its commands print goes to build/setup.log, which is begun anew by the first who has a step.

setup_log=build/setup.log

# step WHAT COMMAND...: runs a command. Returns its exit code.
step() {
  what=$1
  shift
  if [ -z "${PCIRCLE_SETUP_LOG-}" ]; then
    export PCIRCLE_SETUP_LOG="$top/$setup_log"
    mkdir -p "$top/build"
    : >"$PCIRCLE_SETUP_LOG"
  fi
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
