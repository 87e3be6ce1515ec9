/** Connections that the kernel leads to Parley, in a network of their own. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseFilter } from '../../src/filter/parser.ts'
import { openCapture } from '../../src/store/capture.ts'
import { makeIdentities } from './support/identities.ts'
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

/** As above, with an origin that knows HTTP/2 and more clients: each line of `$VISITS` runs as another user. */
const visits = `
set -eu
ip link set lo up
ip addr add 192.0.2.7/32 dev lo
"$NODE" way-origin.ts 192.0.2.7 443 "$CERT" "$KEY" >/dev/null 2>&1 & origin=$!
"$NODE" "$MAIN" record --listen 127.0.0.1:8080 --transparent 127.0.0.1:8081 --setup --upstream-ca "$CA" --save out.parley 2>said >/dev/null & parley=$!
for i in $(seq 100); do nft list tables 2>/dev/null | grep -q parley && break; sleep 0.1; done
chmod 755 . && cp "$("$NODE" "$MAIN" ca path)" root.pem && chmod 644 root.pem
export SPKI=$("$NODE" "$MAIN" ca fingerprint | sed -n 's/.*spki[^ ]* *//p')
mkdir home && chmod 777 home
HOME=$PWD/home setpriv --reuid 65534 --regid 65534 --clear-groups sh visits.sh || true
kill -INT $parley; wait $parley; kill $origin
cat said >&2
`

const visitsOf = (alpn: 'h2' | 'http/1.1'): string => {
  const isH2 = alpn === 'h2'
  const visit = { address: '192.0.2.7', host: 'origin.test', port: 443, path: `/node/${alpn}`, ca: 'root.pem', alpn }
  const quiet = '--headless --no-sandbox --no-first-run --disable-gpu --disable-background-networking --dump-dom'
  return [
    `curl -sS --max-time 15 ${isH2 ? '--http2' : '--http1.1'} --cacert root.pem --resolve origin.test:443:192.0.2.7 https://origin.test/curl/${alpn}`,
    `"$NODE" way-client.ts '${JSON.stringify(visit)}'`,
    `timeout 30 chromium ${quiet} ${isH2 ? '' : '--disable-http2'} --user-data-dir=home/${isH2 ? 'h2' : 'h1'} --host-resolver-rules='MAP origin.test 192.0.2.7' --ignore-certificate-errors-spki-list="$SPKI" https://origin.test/chromium/${alpn} 2>/dev/null`,
  ].join('\n')
}

e2e(
  '--transparent: curl, Node and Chromium over h1 and h2',
  { needs: ['unshare', 'nft', 'curl', 'chromium', 'setpriv'] },
  async t => {
    if (!here) return t.skip('only root makes a network of its own')
    const folder = temporaryFolder(t)
    const identities = await makeIdentities(t)
    const { cert, key } = identities.leaf('origin', { host: 'origin.test' })
    for (const name of ['way-client.ts', 'way-origin.ts'])
      copyFileSync(join(import.meta.dirname, 'support', name), join(folder, name))
    const alpns = ['http/1.1', 'h2'] as const
    writeFileSync(join(folder, 'visits.sh'), alpns.map(visitsOf).join('\n'))
    const data = { XDG_DATA_HOME: join(folder, 'data'), HOME: folder }
    const env = { NODE: process.execPath, MAIN: main, CERT: cert, KEY: key, CA: identities.caPath, ...data }
    const { stdout, stderr } = await run('unshare', ['-n', 'sh', '-c', `cd ${folder}; ${visits}`], {
      env,
      timeout: 100_000,
    })
    const wanted = alpns.flatMap(alpn => ['curl', 'node', 'chromium'].map(client => `/${client}/${alpn}`))
    for (const path of wanted)
      assert.match(stdout, new RegExp(`GET ${path} ${path.endsWith('h2') ? '2' : '1'}\\.`), stderr)
    const capture = openCapture(join(folder, 'out.parley'))
    t.after(() => capture.close())
    const ways = wanted.map(path => {
      const { connection } = capture.flows({ filter: parseFilter(`~u ${path}$`), limit: 1 })[0]!
      const { entrance, protocol, problems } = capture.connection(connection)!
      return [path, entrance, protocol, problems]
    })
    assert.deepEqual(
      ways,
      wanted.map(path => [path, 'transparent', path.endsWith('h2') ? 'h2' : 'http/1.1', []]),
    )
  },
)
