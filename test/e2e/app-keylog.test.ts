/** Connections that Parley does not open, and whose client writes its own secrets down. */
import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import tls from 'node:tls'
import { makeIdentities } from './support/identities.ts'
import { startOrigin } from './support/origin.ts'
import { startParley } from './support/parley.ts'
import { run, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const host = 'origin.localhost'

for (const [flag, alpn] of [
  ['--http1.1', 'http/1.1'],
  ['--http2', 'h2'],
] as const)
  for (const tls of ['1.2', '1.3'])
    e2e(`what curl says over ${alpn} in TLS ${tls} is shown though it passes through`, { needs: ['curl'] }, async t => {
      const identities = await makeIdentities(t)
      const port = await startOrigin(t, identities.leaf('origin', { host }))
      const log = join(temporaryFolder(t), 'keys')
      writeFileSync(log, '# made by nobody\n')
      const parley = await startParley(t, '--pass-through', host, '--app-keylog', log)
      const curl = [
        '-sS',
        '--proxy',
        parley.url,
        '--noproxy',
        '',
        '--cacert',
        identities.caPath,
        flag,
        '--tls-max',
        tls,
      ]
      const env = { SSLKEYLOGFILE: log }
      const one = await run('curl', [...curl, '-d', 'hello', `https://${host}:${port}/said`], { env, timeout: 20_000 })
      assert.match(one.stdout, /^POST \/said /, one.stderr)
      const [row] = await parley.closed(1)
      assert.deepEqual([row?.treatment, row?.protocol, row?.problems], ['pass-through', alpn, []])
      const [whole] = await parley.show(row!.id)
      const [exchange] = whole?.exchanges ?? []
      assert.equal(exchange?.request.target, '/said')
      assert.equal(exchange?.response?.status, 200)
      assert.equal(row?.legs.client.agreed?.version, `TLSv${tls}`)
    })

e2e('it is shown while the connection stands, also from a log that comes late and is rotated', {}, async t => {
  const identities = await makeIdentities(t)
  const port = await startOrigin(t, identities.leaf('origin', { host }))
  const log = join(temporaryFolder(t), 'keys')
  const parley = await startParley(t, '--pass-through', host, '--app-keylog', log)
  const ask = async (path: string): Promise<void> => {
    const socket = connect(parley.port, '127.0.0.1')
    t.after(() => socket.destroy())
    socket.write(`CONNECT ${host}:${port} HTTP/1.1\r\n\r\n`)
    await new Promise(resolve => socket.once('data', resolve))
    const secure = tls.connect({ socket, servername: host, ca: readFileSync(identities.caPath) })
    secure.on('error', () => {}).on('keylog', line => appendFileSync(log, line))
    secure.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    await new Promise(resolve => secure.once('data', resolve)) // and it stays open
  }
  const seen = async (id: number, path: string): Promise<void> => {
    let [row] = await parley.show(id)
    for (let tries = 0; tries < 10 && !row?.exchanges[0]?.response; tries++) [row] = await parley.show(id)
    assert.deepEqual([row?.exchanges[0]?.request.target, row?.exchanges[0]?.response?.status], [path, 200])
    assert.equal(row?.closed, undefined)
  }
  await ask('/one')
  await seen(1, '/one')
  renameSync(log, `${log}.1`)
  await ask('/two')
  await seen(2, '/two')
})
