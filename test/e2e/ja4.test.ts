/** Whose fingerprint the server sees. */
import assert from 'node:assert/strict'
import type { ConnectionJson } from '../../src/view/json/connection-json.ts'
import { runChromium } from './support/browser.ts'
import { runCurl } from './support/curl.ts'
import { makeIdentities } from './support/identities.ts'
import { startNginx } from './support/nginx.ts'
import { startParley } from './support/parley.ts'
import { e2e } from './support/programs.ts'

const tlsServer = ({ cert, key }: { cert: string; key: string }): string => `
  listen 127.0.0.1:PORT ssl http2; ssl_certificate ${cert}; ssl_certificate_key ${key};
  location / { default_type text/html; return 200 "<!doctype html><title>seen</title><p id=it>the page of nginx</p>"; }`

/** Types of the extensions of a leg's first hello. */
const extensionsOf = (leg: ConnectionJson['legs']['client'] | undefined): number[] =>
  (leg?.tls?.messages.find(({ name }) => name === 'client_hello')?.extensions ?? []).map(({ type }) => type)

e2e("the server sees curl's own hello", { needs: ['curl', 'nginx'] }, async t => {
  const identities = await makeIdentities(t)
  const nginx = await startNginx(t, tlsServer(identities.leaf('ja4', { host: 'ja4.localhost' })))
  const mirrored = await startParley(t, '--upstream-ca', identities.caPath)
  const own = await startParley(t, '--upstream-ca', identities.caPath, '--no-mirror')
  const kinds = [['--http2'], ['--http1.1'], ['--tls-max', '1.2'], ['--ciphers', 'ECDHE+AESGCM']]
  for (const parley of [mirrored, own])
    for (const flags of kinds)
      assert.match(
        (await runCurl(parley, [...flags, `https://ja4.localhost:${nginx.ports[0]}/`])).stdout,
        /the page of nginx/,
      )
  for (const { legs, comparison } of await mirrored.closed(kinds.length)) {
    const [left, right] = [legs.client.tls?.ja4, legs.upstream?.tls?.ja4]
    t.diagnostic(`${left} ${right}`)
    assert.equal(left, right)
    assert.equal(comparison.find(({ aspect }) => aspect === 'ja4')?.mark, '=')
    assert.deepEqual(legs.upstream?.mirrorGaps, [])
    assert.deepEqual(extensionsOf(legs.upstream), extensionsOf(legs.client))
  }
  for (const { legs, comparison } of await own.closed(kinds.length)) {
    assert.notEqual(legs.client.tls?.ja4, legs.upstream?.tls?.ja4)
    assert.equal(comparison.find(({ aspect }) => aspect === 'ja4')?.mark, '≠')
  }
})

e2e('Chromium loads a page over h2, and the server sees its hello', { needs: ['chromium', 'nginx'] }, async t => {
  const identities = await makeIdentities(t)
  const nginx = await startNginx(t, tlsServer(identities.leaf('browser', { host: 'browser.localhost' })))
  const parley = await startParley(t, '--upstream-ca', identities.caPath)
  const spki = /spki +(\S+)/.exec((await parley.installed.run('ca', 'fingerprint')).stdout)?.[1]
  const url = `https://browser.localhost:${nginx.ports[0]}/`
  const { stdout, stderr } = await runChromium(t, parley, url, [`--ignore-certificate-errors-spki-list=${spki}`])
  assert.match(stdout, /<p id="it">the page of nginx<\/p>/, stderr.slice(-2000))
  await parley.stop()
  const shown = (await parley.show()).filter(row => row.serverName === 'browser.localhost' && row.protocol === 'h2')
  assert.ok(shown.length > 0, 'a connection over h2')
  for (const { legs, comparison } of shown) {
    t.diagnostic(`${legs.client.tls?.ja4}`)
    assert.deepEqual(legs.upstream?.mirrorGaps, [])
    assert.equal(comparison.find(({ aspect }) => aspect === 'ja4')?.mark, '=')
  }
})
