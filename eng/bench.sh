#!/usr/bin/env bash
# Builds the server and the load harness in Release and runs the harness; arguments go to it (--help lists them).
#   eng/bench.sh                      everything: about 40 minutes, as root, on an otherwise idle machine with two cores or more
#   eng/bench.sh --quick              one short round of the short cases: about 5 minutes
#   eng/bench.sh --case "manifest GET"
#   eng/bench.sh micro [--filter X]   the BenchmarkDotNet benchmarks instead
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1

if [ "${1:-}" = micro ]; then
    shift
    [ $# -gt 0 ] || set -- --filter '*'
    exec dotnet run -c Release --project bench/Breakwater.Benchmarks -- "$@"
fi

command -v docker-registry >/dev/null || { echo "docker-registry is missing: apt-get install docker-registry" >&2; exit 2; }
command -v setpriv >/dev/null && command -v taskset >/dev/null || { echo "setpriv and taskset are missing: apt-get install util-linux" >&2; exit 2; }
dotnet build -c Release -v q src/Breakwater.Server
dotnet build -c Release -v q bench/Breakwater.LoadHarness
exec dotnet bench/Breakwater.LoadHarness/bin/Release/net10.0/Breakwater.LoadHarness.dll "$@"
