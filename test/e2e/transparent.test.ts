/** Connections that the kernel leads to Parley, in a network of their own. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url))
const here = process.getuid?.() === 0 && spawnSync('unshare', ['-n', 'true']).status === 0

/** Runs in a network namespace: an origin on a foreign address, Parley with its rules, curl as another user. */
const script = `
set -eu
ip link set lo up
ip addr add 192.0.2.7/32 dev lo
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=origin.test -addext subjectAltName=DNS:origin.test 2>/dev/null
openssl s_server -quiet -www -accept 192.0.2.7:443 -cert cert.pem -key key.pem >/dev/null 2>&1 & origin=$!
"$NODE" "$MAIN" record --listen 127.0.0.1:8080 --transparent 127.0.0.1:8081 --setup --upstream-ca cert.pem --save out.parley 2>said & parley=$!
for i in $(seq 100); do nft list tables 2>/dev/null | grep -q parley && break; sleep 0.1; done
chmod 711 . && cp "$("$NODE" "$MAIN" ca path)" root.pem && chmod 644 root.pem
setpriv --reuid 65534 --regid 65534 --clear-groups curl -sS --max-time 15 --cacert root.pem --resolve origin.test:443:192.0.2.7 https://origin.test/ > page || true
kill -INT $parley; wait $parley; kill $origin
grep -q s_server page && echo 'page came' || echo 'no page'
echo "rules left: $(nft list tables | grep -c parley || true)"
"$NODE" "$MAIN" show --json out.parley | head -1
cat said >&2
`

e2e(
  '--transparent --setup serves a client that knows of nothing, and leaves no rule',
  { needs: ['unshare', 'nft', 'curl', 'openssl', 'setpriv'] },
  async t => {
    if (!here) return t.skip('only root makes a network of its own')
    const folder = temporaryFolder(t)
    const env = { NODE: process.execPath, MAIN: main, XDG_DATA_HOME: join(folder, 'data'), HOME: folder }
    const { stdout, stderr } = await run('unshare', ['-n', 'sh', '-c', `cd ${folder}; ${script}`], {
      env,
      timeout: 60_000,
    })
    const [page, left, json = '{}'] = stdout.trim().split('\n')
    assert.deepEqual([page, left], ['page came', 'rules left: 0'], stderr)
    const row = JSON.parse(json)
    assert.deepEqual(
      [row.entrance, row.target, row.serverName, row.problems],
      ['transparent', { host: '192.0.2.7', port: 443 }, 'origin.test', []],
    )
    assert.match(stderr, /redirect to :8081/)
  },
)
