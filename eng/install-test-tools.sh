#!/usr/bin/env bash
# Installs the programs that the tests drive: container clients, a C compiler for the fault library, and tools for mounts and networks.
# For Debian 12 as root; safe to run again. Elsewhere it says what is missing and changes nothing.
#
# Optional and not packaged in Debian 12: oras (https://oras.land/docs/installation). Its test has the trait tool=oras and runs where
# oras is on the PATH.
set -euo pipefail

declare -A package_of=([skopeo]=skopeo [buildah]=buildah [podman]=podman [gcc]=gcc [ip]=iproute2 [mount]=mount [az]=azure-cli [softhsm2-util]=softhsm2 [dockerd]=docker.io)
packages=()
for tool in "${!package_of[@]}"; do
    command -v "$tool" > /dev/null || packages+=("${package_of[$tool]}")
done
# Names below localhost are this machine for az and podman too.
getent ahosts name.localhost > /dev/null || packages+=(libnss-myhostname)
# The compiler alone cannot find the headers.
[[ -e /usr/include/dlfcn.h ]] || packages+=(libc6-dev)

# Azure's SDK for JavaScript, in the versions of its lock file, where there is an npm.
sdk="$(dirname "${BASH_SOURCE[0]}")/../tests/Breakwater.EndToEnd.Tests/Clients/sdk"
if command -v npm > /dev/null && [[ ! "$sdk/node_modules/.package-lock.json" -nt "$sdk/package-lock.json" ]]; then
    (cd "$sdk" && npm ci --silent --no-audit --no-fund)
    echo "Test tools: installed Azure's SDK for JavaScript"
fi

if ((${#packages[@]} == 0)); then
    echo "Test tools: all there."
    exit 0
fi
# shellcheck source=/dev/null
if [[ "$(. /etc/os-release 2> /dev/null && echo "${ID:-}")" != debian ]]; then
    echo "Test tools: this is not Debian, nothing was installed. Missing: ${packages[*]}"
    exit 0
fi
if ((EUID != 0)); then
    echo "Test tools: run this as root to install ${packages[*]}" >&2
    exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${packages[@]}" > /dev/null
echo "Test tools: installed ${packages[*]}"
