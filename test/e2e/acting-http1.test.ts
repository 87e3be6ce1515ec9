import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Claims } from '../../src/rules/claims.ts'
import type { Rulings } from '../../src/rules/rulings.ts'
import { acts, host, ruled } from '../proxy/ruled.ts'
import { identityFor, rawOrigin, share, startProxy } from '../proxy/running.ts'
import { run } from './support/processes.ts'

const oddChunks = 'HTTP/1.1 200 Fine\r\nX:1\r\nTransfer-Encoding: chunked\r\n\r\n3;e\r\nabc\r\n0\r\nT: 1\r\n\r\n'
const answers: Readonly<Record<string, string>> = {
  '/length': 'HTTP/1.1 200 OK\r\nX-Odd:  1\r\nContent-Length: 5\r\n\r\nhello',
  '/chunks': oddChunks,
  '/none': 'HTTP/1.1 204 \r\nA: b\r\n\r\n',
  '/early': 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  '/close': 'HTTP/1.1 200 OK\r\n\r\nto the end',
  '/half': 'HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf',
  '/rubbish': 'this is no HTTP\r\n\r\n',
}

/** An origin that answers each request by its path, once the body is there. */
const origin = async (t: TestContext) =>
  rawOrigin(t, {
    tls: { ...(await identityFor(host)), ALPNProtocols: ['http/1.1'] },
    answer(received, socket) {
      const requests = received.toString('latin1').split('BODY-ENDS').at(-1)!
      const [, path] = [...(/^[A-Z]+ (\/\w+)\S* HTTP/gm.exec(requests) ?? [])]
      const heads = received.toString('latin1').match(/^[A-Z]+ \/\S+ HTTP/gm)?.length ?? 0
      const state = socket as typeof socket & { answered?: number }
      if (!path || heads <= (state.answered ?? 0)) return
      if (/^Expect/im.test(requests)) socket.write('HTTP/1.1 100 Continue\r\n\r\n')
      state.answered = heads
      const last = [...received.toString('latin1').matchAll(/^[A-Z]+ (\/\w+)\S* HTTP/gm)].at(-1)![1]!
      socket.write(Buffer.from(answers[last] ?? answers['/length']!, 'latin1'))
      if (['/close', '/half', '/rubbish'].includes(last)) socket.end()
    },
  })

/** What curl printed and what its server got, byte for byte. */
async function curl(t: TestContext, rulings: Rulings | undefined, args: (url: string) => readonly string[]) {
  const server = await origin(t)
  const { proxy, ca } = await startProxy(t, {}, [], {}, rulings)
  const { folder } = await share()
  const pem = join(folder, 'root.pem')
  writeFileSync(pem, ca)
  const fixed = ['-sS', '--raw', '-i', '--http1.1', '--max-time', '10', '--suppress-connect-headers', '--cacert', pem]
  const way = ['--proxy', `http://${proxy.host}:${proxy.port}`, '--noproxy', '', '-A', 'curl']
  const { code, stdout } = await run('curl', [...fixed, ...way, ...args(`https://${host}:${server.port}`)], {
    timeout: 15_000,
  })
  const received = server.received().toString('latin1').replaceAll(`:${server.port}`, '')
  return { code, stdout: String(stdout), received }
}

const asked: Readonly<Record<string, (url: string) => readonly string[]>> = {
  'one after the other': url => [`${url}/length`, `${url}/chunks`, `${url}/none`, `${url}/early`, `${url}/length?x`],
  HEAD: url => ['-I', `${url}/length`],
  'a body': url => ['-d', 'some data', `${url}/length`],
  'a body in chunks': url => ['-H', 'Transfer-Encoding: chunked', '-d', 'some data', `${url}/chunks`],
  'until the end': url => [`${url}/close`],
  'half an answer': url => [`${url}/half`],
  rubbish: url => [`${url}/rubbish`],
  'odd fields': url => ['-H', 'X-Odd;', '-H', 'x-ODD:  2', '-H', 'X-Latin: \xe9', `${url}/length`],
}

const passAll: Partial<Claims> = {
  request: () => ({ most: 100, act: async () => ({ type: 'pass', acts }) }),
  response: () => ({ most: 100, act: async () => ({ type: 'pass', acts }) }),
}

for (const [name, args] of Object.entries(asked))
  test(`curl and its server get the very bytes that they get without rules: ${name}`, { timeout: 40_000 }, async t => {
    const plain = await curl(t, undefined, args)
    assert.notEqual(plain.received, '')
    assert.deepEqual(await curl(t, ruled({}), args), plain)
    assert.deepEqual(await curl(t, ruled(passAll), args), plain)
  })

test('curl waits for leave to send a body, gets it once, and the server gets the body changed', async t => {
  const claims: Partial<Claims> = {
    request: () => ({
      most: 100,
      act: ({ body }) => ({ type: 'change', acts, body: Buffer.from(String(Buffer.from(body!)).toUpperCase()) }),
    }),
  }
  const { code, stdout, received } = await curl(t, ruled(claims), url => [
    ...['--expect100-timeout', '8', '-H', 'Expect: 100-continue', '-d', 'some data', `${url}/length`],
  ])
  assert.equal(code, 0)
  assert.equal(stdout.match(/100 Continue/g)?.length, 1)
  assert.ok(stdout.endsWith('hello'))
  assert.ok(received.endsWith('\r\n\r\nSOME DATA'))
})
