import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { openAuthority } from '../../../ca/index.ts'
import { fetchThrough } from '../../../src/peers/client.ts'
import { listen } from '../../../src/peers/origin.ts'
import { openCapture } from '../../../src/store/capture.ts'
import { ownFolder, recordVisits } from '../recorded-run.ts'
import { runCli, startCli } from '../run-cli.ts'

const folder = ownFolder()
let path = ''
let urls: Readonly<Record<string, string>> = {}
before(async () => {
  ;({ path } = await recordVisits(folder))
  const capture = openCapture(path)
  urls = Object.fromEntries(
    capture.flows({ limit: 9 }).map(({ scheme, host, port, path: at }) => [host, `${scheme}://${host}:${port}${at}`]),
  )
  capture.close()
})

async function serving(...flags: readonly string[]) {
  return servingFrom(path, ...flags)
}

async function servingFrom(from: string, ...flags: readonly string[]) {
  const authority = join(folder, 'ca')
  const program = startCli(folder, 'serve', from, '--listen', '127.0.0.1:0', '--ca-dir', authority, ...flags)
  const [, port] = await program.says(/listening on 127\.0\.0\.1:(\d+)/)
  const { certificatePem: ca } = await openAuthority(authority)
  const proxy = { host: '127.0.0.1', port: Number(port) }
  return {
    ask: (url: string, alpn: readonly string[] = ['http/1.1']) =>
      fetchThrough({ url: new URL(url), proxy, ca, timeout: 8000, alpn }),
    async stop() {
      program.child.kill('SIGINT')
      return program.ended
    },
  }
}

test('what was recorded is answered without its servers, in clear and over TLS; what was not is a 502', async () => {
  const { ask, stop } = await serving()
  for (const host of ['plain.localhost', 'tls13.localhost']) assert.equal((await ask(urls[host]!)).status, 200, host)
  assert.equal((await ask(urls['plain.localhost']!.replace('/json', '/none'))).status, 502)
  const { code } = await stop()
  assert.ok(code === 0 || code === null)
})

test('with --through the server is asked for what was not recorded', async t => {
  const server = createServer((_, response) => void response.writeHead(418).end('tea'))
  const { port, close } = await listen(server)
  t.after(close)
  const { ask, stop } = await serving('--through')
  assert.equal((await ask(`http://127.0.0.1:${port}/tea`)).status, 418)
  assert.equal((await ask(urls['plain.localhost']!)).status, 200)
  await stop()
})

test('a capture that is not there is told', async () => {
  const { code, stderr } = await runCli(folder, 'serve', join(folder, 'none.parley'))
  assert.equal(code, 1)
  assert.match(stderr, /no such capture/)
})

test('what others recorded answers too: a HAR file', async () => {
  const har = join(folder, 'a.har')
  await runCli(folder, 'export', path, '--as', 'har', '-o', har)
  const [own, other] = [await serving(), await servingFrom(har)]
  try {
    for (const host of ['plain.localhost', 'tls13.localhost']) {
      const url = urls[host]!
      const [recorded, read] = [await own.ask(url), await other.ask(url)]
      assert.deepEqual([read.status, read.body], [recorded.status, recorded.body], url)
      assert.equal(read.status, 200)
    }
  } finally {
    await own.stop()
    assert.match((await other.stop()).stderr, /answering from .*a\.har/)
  }
})
