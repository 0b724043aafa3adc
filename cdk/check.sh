#!/usr/bin/env bash
# Builds, tests and checks the CDK app, as CI does: it needs the .NET SDK and Node, and no AWS account. cdk-nag and cfn-guard run among
# the tests. Ends with a line "N passed, N failed, N skipped".
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20,22
results=artifacts/test-results/cdk
rm -rf "$results"

step() { echo; echo "== $1"; shift; "$@" || { echo "failed: $*" >&2; exit 1; }; }

step "npm packages of cdk/npm" npm ci --prefix cdk/npm --no-progress --loglevel=error
step "Restore" dotnet restore cdk/Aiops.Cdk.sln
step "Formatting (mend with: dotnet format cdk/Aiops.Cdk.sln)" dotnet format cdk/Aiops.Cdk.sln --verify-no-changes --no-restore --include cdk/Aiops.Cdk tests/Aiops.Cdk.Tests
step "Build" dotnet build cdk/Aiops.Cdk.sln --no-restore

echo; echo "== Test"
dotnet test cdk/Aiops.Cdk.sln --no-build --logger trx --results-directory "$results"
status=$?

sum() { grep -ho "<Counters [^>]*" "$results"/*.trx 2>/dev/null | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" | awk '{ n += $1 } END { print n + 0 }'; }
passed=$(sum passed); failed=$(sum failed); total=$(sum total); executed=$(sum executed)
if [ "$total" -eq 0 ]; then echo "no test ran" >&2; status=1; fi
echo
echo "$passed passed, $failed failed, $((total - executed)) skipped"
exit "$status"
