#!/usr/bin/env bash
# What rights cost: a manifest GET, and a token, in an installation of one owner against one with a directory of 100,000 role assignments, 10,000
# nested groups and 50,000 repository-scoped tokens. Both servers run in turn, on one core each, with the load on the other.
# Usage: eng/bench-rights.sh [rounds, default 5] [seconds a round, default 3]. Needs a Release build, python3, wrk and taskset (util-linux).
set -euo pipefail
cd "$(dirname "$0")/.."
rounds=${1:-5} seconds=${2:-3}
server=$PWD/src/Breakwater.Server/bin/Release/net10.0/Breakwater.Server.dll
work=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null || true; rm -rf "$work"' EXIT
export BREAKWATER_OWNER_PASSWORD='a password for the bench'
base=http://127.0.0.1:5601 basic=$(printf 'owner:%s' "$BREAKWATER_OWNER_PASSWORD" | base64 -w0)

start() { # data directory
    taskset -c 0 dotnet "$server" --tier-limits "$PWD/eng/no-limits.json" --data "$work/$1" --http 127.0.0.1:5601 --https off --ops off > "$work/$1.log" 2>&1 &
    pid=$!
    until [[ $(curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Basic $basic" $base/v2/) == 200 ]]; do sleep 0.1; done
}

stop() { kill "$pid"; wait "$pid" 2> /dev/null || true; }

for data in one many; do
    start $data
    manifest='{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}'
    curl -sf -o /dev/null -X PUT -H "Authorization: Basic $basic" -H 'Content-Type: application/vnd.oci.image.index.v1+json' -d "$manifest" $base/v2/bench/app/manifests/v1
    stop
done
python3 - "$work/many/metadata.db" <<'PY'
import os, sqlite3, sys, time, uuid
db = sqlite3.connect(sys.argv[1])
new, now = (lambda: uuid.uuid4().hex), int(time.time() * 1000)
(registry,), (owner,) = db.execute("SELECT id FROM registry").fetchone(), db.execute("SELECT id FROM directory_user").fetchone()
pull, push, delete = "7f951dda4ed34680a7ca43fe172d538d", "8311e38207494cb8b61a304f252e45ec", "c2f4ef07c64448ebaf814b1b4947fb11"
groups, services = [new() for _ in range(10_000)], [new() for _ in range(30_000)]
db.executemany("INSERT INTO directory_group (id, name, created_at) VALUES (?, ?, ?)", [(g, f"group {i}", now) for i, g in enumerate(groups)])
db.executemany("INSERT INTO service_principal (id, app_id, name, created_at) VALUES (?, ?, ?, ?)", [(s, new(), f"service {i}", now) for i, s in enumerate(services)])
# Every service in a group, the owner in 50, and the groups a tree.
db.executemany("INSERT INTO group_member (group_id, member_id) VALUES (?, ?)",
    [(groups[i % 10_000], s) for i, s in enumerate(services)] + [(g, owner) for g in groups[:50]] + [(groups[i // 2], groups[i]) for i in range(2, 10_000)])
assignments = [(new(), p, role, registry, now) for p in groups + services[:20_000] for role in (pull, push, delete)] + [(new(), s, pull, None, now) for s in services[20_000:]]
db.executemany("INSERT INTO role_assignment (id, principal_id, role_id, registry_id, created_at) VALUES (?, ?, ?, ?, ?)", assignments)
maps, tokens = [new() for _ in range(1_000)], [new() for _ in range(50_000)]
db.executemany("INSERT INTO scope_map (id, registry_id, name, actions, created_at) VALUES (?, ?, ?, ?, ?)",
    [(m, registry, f"map-{i}", f"repositories/a{i}/content/read\nrepositories/team{i}/*/content/write", now) for i, m in enumerate(maps)])
db.executemany("INSERT INTO registry_token (id, registry_id, name, scope_map_id, created_at) VALUES (?, ?, ?, ?, ?)", [(t, registry, f"token-{i}", maps[i % 1_000], now) for i, t in enumerate(tokens)])
db.executemany("INSERT INTO registry_token_password (token_id, name, hash, created_at) VALUES (?, 'password1', ?, ?)", [(t, os.urandom(32), now) for t in tokens])
db.commit()
print(f"{len(assignments):,} assignments, {len(groups):,} groups, {len(services):,} service principals, {len(tokens):,} tokens")
PY

rate() { taskset -c 1 wrk -t1 -c8 -d"$1" -H "Authorization: $2" "$3" | awk '/Non-2xx/ { bad = 1 } /Requests\/sec/ { rate = $2 } END { print bad ? "failed" : rate }'; }

for round in $(seq "$rounds"); do
    for data in one many; do
        before=$(date +%s%N)
        start $data
        ready=$((($(date +%s%N) - before) / 1000000))
        token=$(curl -s -H "Authorization: Basic $basic" "$base/oauth2/token?scope=repository:bench/app:pull" | python3 -c 'import json, sys; print(json.load(sys.stdin)["access_token"])')
        rate 1 "Bearer $token" $base/v2/bench/app/manifests/v1 > /dev/null
        echo "$round $data get $(rate "$seconds" "Bearer $token" $base/v2/bench/app/manifests/v1) issue $(rate "$seconds" "Basic $basic" "$base/oauth2/token?scope=repository:bench/app:pull") ready_ms $ready rss_mb $(($(awk '/VmRSS/ { print $2 }' /proc/$pid/status) / 1024))"
        stop
    done
done | tee "$work/result"
python3 - "$work/result" <<'PY'
import statistics, sys
rows = [line.split() for line in open(sys.argv[1])]
for name, column in (("manifest GET/s", 3), ("tokens/s", 5), ("ready ms", 7), ("RSS MB", 9)):
    one, many = (statistics.median(float(r[column]) for r in rows if r[1] == kind) for kind in ("one", "many"))
    print(f"{name:16} one owner {one:10.1f}   directory {many:10.1f}   ratio {many / one:.3f}")
PY
