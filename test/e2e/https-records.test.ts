/** A server whose HTTPS record offers HTTP/3 and ECH, in a network with a resolver of its own. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alpnValue, parameter, serviceData } from '../wire/dns/answer-bytes.ts'
import { makeIdentities } from './support/identities.ts'
import { run, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const main = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url))
const here = process.getuid?.() === 0 && spawnSync('unshare', ['-mn', 'true']).status === 0

const script = `
set -eu
ip link set lo up
mount --bind resolv.conf /etc/resolv.conf
"$NODE" "$SUPPORT/way-resolver.ts" 53 "$RECORD" & resolver=$!
"$NODE" "$SUPPORT/way-origin.ts" 127.0.0.1 443 "$CERT" "$KEY" >/dev/null & origin=$!
"$NODE" "$MAIN" record --listen 127.0.0.1:8080 --upstream-ca "$CA" --save out.parley $MORE >/dev/null 2>said & parley=$!
for i in $(seq 100); do grep -q listening said && break; sleep 0.1; done
root=$("$NODE" "$MAIN" ca path)
for i in 1 2; do
  curl -sS --noproxy '' --max-time 15 -x http://127.0.0.1:8080 --cacert "$root" https://www.example.com/ >&2; sleep 0.3
done
kill -INT $parley; wait $parley; kill $origin $resolver
cat said >&2
"$NODE" "$MAIN" show out.parley 1 --json
"$NODE" "$MAIN" show out.parley 2 --json
"$NODE" "$MAIN" show out.parley 1
`

for (const [title, more] of [
  ['it is shown on the first connection and the next', ''],
  ['with --no-https-records nobody is asked', '--no-https-records'],
] as const)
  e2e(title, { needs: ['unshare', 'curl'] }, async t => {
    if (!here) return t.skip('only root makes a network of its own')
    const folder = temporaryFolder(t)
    const identities = await makeIdentities(t)
    const { cert, key } = identities.leaf('origin', { host: 'www.example.com' })
    writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\n')
    const record = serviceData(1, '', parameter(1, alpnValue('h3', 'h2')), parameter(5, Buffer.alloc(40)))
    const files = {
      MAIN: main,
      SUPPORT: join(import.meta.dirname, 'support'),
      CERT: cert,
      KEY: key,
      CA: identities.caPath,
    }
    const env = {
      NODE: process.execPath,
      ...files,
      RECORD: record.toString('hex'),
      MORE: more,
      HOME: folder,
      XDG_DATA_HOME: folder,
    }
    const ended = await run('unshare', ['-mn', 'sh', '-c', `cd ${folder}; ${script}`], { env, timeout: 60_000 })
    const [first = '{}', second = '{}', ...text] = ended.stdout.split('\n')
    const services = [first, second].map(json => JSON.parse(json).legs.upstream.services)
    const wanted = more === '' ? [{ priority: 1, target: '', alpn: ['h3', 'h2'], ech: true }] : undefined
    assert.deepEqual(services, [wanted, wanted], ended.stderr)
    const says = /HTTPS record offers h3: a client that looks it up may go there over QUIC.* has keys for ECH/
    const shown = text.join('\n').replace(/\s+/g, ' ')
    assert.equal(says.test(shown), more === '', shown.slice(shown.indexOf('DNS'), shown.indexOf('DNS') + 600))
  })
