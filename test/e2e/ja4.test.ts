/** Whose fingerprint the server sees. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { runCurl } from './support/curl.ts'
import { makeIdentities } from './support/identities.ts'
import { startNginx } from './support/nginx.ts'
import { startParley } from './support/parley.ts'
import { run, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const tlsServer = ({ cert, key }: { cert: string; key: string }): string => `
  listen 127.0.0.1:PORT ssl http2; ssl_certificate ${cert}; ssl_certificate_key ${key};
  location / { default_type text/html; return 200 "<!doctype html><title>seen</title><p id=it>the page of nginx</p>"; }`

e2e("the server sees curl's JA4, and Parley's own without mirroring", { needs: ['curl', 'nginx'] }, async t => {
  const identities = await makeIdentities(t)
  const nginx = await startNginx(t, tlsServer(identities.leaf('ja4', { host: 'ja4.localhost' })))
  const mirrored = await startParley(t, '--upstream-ca', identities.caPath)
  const own = await startParley(t, '--upstream-ca', identities.caPath, '--no-mirror')
  for (const [parley, same] of [
    [mirrored, true],
    [own, false],
  ] as const) {
    for (const flags of [['--http2'], ['--http1.1'], ['--tls-max', '1.2'], ['--ciphers', 'ECDHE+AESGCM']])
      assert.match(
        (await runCurl(parley, [...flags, `https://ja4.localhost:${nginx.ports[0]}/`])).stdout,
        /the page of nginx/,
      )
    for (const { legs, comparison } of await parley.closed(4)) {
      assert.ok(legs.client.tls?.ja4)
      assert.equal(legs.client.tls.ja4 === legs.upstream?.tls?.ja4, same)
      assert.equal(comparison.find(({ aspect }) => aspect === 'ja4')?.mark === '=', same)
    }
  }
})

e2e('Chromium loads a page over h2, and what differs is listed', { needs: ['chromium', 'nginx'] }, async t => {
  const identities = await makeIdentities(t)
  const nginx = await startNginx(t, tlsServer(identities.leaf('browser', { host: 'browser.localhost' })))
  const parley = await startParley(t, '--upstream-ca', identities.caPath)
  const spki = /spki +(\S+)/.exec((await parley.installed.run('ca', 'fingerprint')).stdout)?.[1]
  const quiet = ['background-networking', 'component-update', 'sync', 'gpu', 'quic'].map(each => `--disable-${each}`)
  const flags = [
    '--headless',
    '--no-sandbox',
    '--no-first-run',
    ...quiet,
    `--user-data-dir=${join(temporaryFolder(t), 'profile')}`,
    `--proxy-server=${parley.url}`,
    '--proxy-bypass-list=<-loopback>',
    `--ignore-certificate-errors-spki-list=${spki}`,
  ]
  const url = `https://browser.localhost:${nginx.ports[0]}/`
  const { stdout, stderr } = await run('chromium', [...flags, '--dump-dom', url], { timeout: 40_000 })
  assert.match(stdout, /<p id="it">the page of nginx<\/p>/, stderr.slice(-2000))
  await parley.stop()
  const shown = (await parley.show()).filter(row => row.serverName === 'browser.localhost' && row.protocol === 'h2')
  assert.ok(shown.length > 0, 'a connection over h2')
  for (const { legs, comparison } of shown) {
    const fingerprint = comparison.find(({ aspect }) => aspect === 'ja4')
    const gaps = legs.upstream?.mirrorGaps ?? []
    t.diagnostic(`${legs.client.tls?.ja4} ${fingerprint?.mark} ${legs.upstream?.tls?.ja4}: ${gaps.length} gaps`)
    if (legs.client.tls?.ja4 === legs.upstream?.tls?.ja4) continue
    assert.ok(gaps.length > 0, 'a fingerprint differs only where something could not be mirrored')
    assert.equal(fingerprint?.mark, '~')
    for (const { mark, why } of comparison) if (mark === '~') assert.ok(why)
  }
})
