#!/usr/bin/env bash
# What CI and people run: restore, formatting, build, every test; ends with a line "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=artifacts/test-results
rm -rf "$results"

step() { echo; echo "== $1"; shift; "$@" || { echo "failed: $*" >&2; exit 1; }; }

step "Restore" dotnet restore
step "Formatting (mend with: dotnet format)" dotnet format --verify-no-changes --no-restore
step "Build" dotnet build --no-restore

echo; echo "== Test"
dotnet test --no-build --logger trx --results-directory "$results"
status=$?

# The CDK app has a solution of its own, for it needs Node and npm's registry (docs/decisions/0006-cdk-in-a-solution-of-its-own.md).
echo; echo "== CDK"
if command -v npm >/dev/null; then
  cdk/check.sh || status=1
elif [ "${AIOPS_REQUIRE_ALL:-}" = 1 ]; then
  echo "failed: npm is not there" >&2; status=1
else
  echo "skipped: npm is not there"
fi

# dotnet test prints a total for each project and none for all.
sum() { local n; n=$(grep -ho "<Counters [^>]*" "$results"/*.trx "$results"/*/*.trx 2>/dev/null | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" | awk '{ n += $1 } END { print n + 0 }'); echo "$n"; }
passed=$(sum passed); failed=$(sum failed); total=$(sum total); executed=$(sum executed)
if [ "$total" -eq 0 ]; then echo "no test ran" >&2; status=1; fi
echo
echo "$passed passed, $failed failed, $((total - executed)) skipped"
exit "$status"
