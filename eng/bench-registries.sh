#!/usr/bin/env bash
# What many registries cost: making them, listing them, the start, the memory, and a manifest GET at a registry's own host in an installation of one
# registry more than the first against one of 10,000. Both servers run in turn, on one core each, with the load on the other.
# Usage: eng/bench-registries.sh [rounds, default 5] [seconds a round, default 3] [registries, default 10000]. Needs a Release build, python3, wrk and taskset (util-linux).
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5} seconds=${2:-3} count=${3:-10000}
server=$PWD/src/Breakwater.Server/bin/Release/net10.0/Breakwater.Server.dll
work=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null || true; rm -rf "$work"' EXIT
export BREAKWATER_OWNER_PASSWORD='a password for the bench'
base=http://127.0.0.1:5601 host=bench0.localhost:5601

start() { # data directory
    taskset -c 0 dotnet "$server" --tier-limits "$PWD/eng/no-limits.json" --data "$work/$1" --http 127.0.0.1:5601 --https off --ops off > "$work/$1.log" 2>&1 &
    pid=$!
    until [[ $(curl -s -o /dev/null -w '%{http_code}' -u "owner:$BREAKWATER_OWNER_PASSWORD" $base/v2/) == 200 ]]; do sleep 0.1; done
}

stop() { kill "$pid"; wait "$pid" 2> /dev/null || true; }

make() { # number of registries
    python3 - "$base" "$1" "$(python3 -c 'import json, sys, uuid; print(uuid.UUID(json.load(open(sys.argv[1]))["id"]))' "$work/$data/installation.json")" <<'PY'
import base64, concurrent.futures, http.client, json, os, sys, threading, time
address, count, installation = sys.argv[1].split("//")[1], int(sys.argv[2]), sys.argv[3]
headers = {"Authorization": "Basic " + base64.b64encode(f"owner:{os.environ['BREAKWATER_OWNER_PASSWORD']}".encode()).decode(), "Content-Type": "application/json"}
root, local = f"/subscriptions/{installation}/resourceGroups/breakwater/providers/Microsoft.ContainerRegistry/registries", threading.local()
def send(method, path, body=None):
    if not hasattr(local, "connection"):
        local.connection = http.client.HTTPConnection(address)
    local.connection.request(method, path, body, headers)
    answer = local.connection.getresponse()
    text = answer.read()
    assert answer.status in (200, 201), text
    return json.loads(text)
begun = time.time()
with concurrent.futures.ThreadPoolExecutor(8) as pool:
    list(pool.map(lambda i: send("PUT", f"{root}/bench{i}?api-version=2025-11-01", json.dumps({"sku": {"name": "Premium"}})), range(count)))
made = time.time()
path, listed = root + "?api-version=2025-11-01", 0
while path:
    page = send("GET", path)
    listed += len(page["value"])
    path = page.get("nextLink", "").removeprefix(sys.argv[1])
print(f"{count} registries: made in {made - begun:.1f} s ({count / (made - begun):.0f}/s, 8 at once), {listed} listed in {time.time() - made:.2f} s")
PY
}

rate() { taskset -c 1 wrk -t1 -c8 -d"$1" -H "Authorization: Bearer $token" -H "Host: $host" $base/v2/bench/app/manifests/v1 | awk '/Non-2xx/ { bad = 1 } /Requests\/sec/ { rate = $2 } END { print bad ? "failed" : rate }'; }

for data in one many; do
    start $data
    make "$([[ $data == one ]] && echo 1 || echo "$count")"
    manifest='{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}'
    curl -sf -o /dev/null -X PUT -u "owner:$BREAKWATER_OWNER_PASSWORD" -H "Host: $host" -H 'Content-Type: application/vnd.oci.image.index.v1+json' -d "$manifest" $base/v2/bench/app/manifests/v1
    stop
done
for round in $(seq "$rounds"); do
    for data in one many; do
        before=$(date +%s%N)
        start $data
        ready=$((($(date +%s%N) - before) / 1000000))
        token=$(curl -s -u "owner:$BREAKWATER_OWNER_PASSWORD" -H "Host: $host" "$base/oauth2/token?scope=repository:bench/app:pull" | python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')
        rate 1 > /dev/null
        echo "$round $data get $(rate "$seconds") ready_ms $ready rss_mb $(($(awk '/VmRSS/ { print $2 }' /proc/$pid/status) / 1024))"
        stop
    done
done | tee "$work/rows"
python3 - "$work/rows" <<'PY'
import statistics, sys
rows = [line.split() for line in open(sys.argv[1])]
of = lambda data, column: [float(row[column]) for row in rows if row[1] == data]
ratios = [many / one for one, many in zip(of("one", 3), of("many", 3))]
print(f"GET: {statistics.median(of('many', 3)):.0f}/s with many, {statistics.median(of('one', 3)):.0f}/s with one, ratio {statistics.median(ratios):.3f} (median of the rounds' own)")
PY
