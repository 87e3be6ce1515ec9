import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Plugin } from '../../../src/proxy/script/script.ts'
import { scriptedServer } from './scripted-server.ts'

interface Asking {
  readonly proxyToServerRequestOptions: { port: number; readonly headers: Record<string, string> }
}
const fail = (): never => {
  throw new TypeError('no')
}
const failures: Readonly<Record<string, Plugin>> = {
  'throws as it is asked': { onRequest: fail },
  'rejects as it is asked': { onRequest: async () => fail() },
  'calls back with an error': { onRequest: (_: unknown, next: (e: Error) => void) => next(new Error('no')) },
  'throws at the answer': { onResponse: fail },
  'throws at the first chunk': { onResponseData: fail },
  'sets what is no header': {
    onRequest(context: Asking, next: () => void) {
      context.proxyToServerRequestOptions.headers.a = 'b\r\nc: d'
      next()
    },
  },
  'changes a body but not its length': {
    onRequestData: (_context: unknown, _chunk: Buffer, next: (error: null, chunk: Buffer) => void) =>
      next(null, Buffer.from('longer than it was')),
  },
  'never calls back': { onRequest() {} },
  'never calls back at the answer': { onResponse() {} },
  'sends it to another server': {
    onRequest(context: Asking, next: () => void) {
      context.proxyToServerRequestOptions.port = 1
      next()
    },
  },
}

for (const side of ['http', 'https'] as const) {
  test(`${side}: a script changes what the server gets and what the client gets; both are on the tape`, async t => {
    const { ask, tape } = await scriptedServer(
      t,
      side,
      proxy => {
        proxy.onRequest((context, next) => {
          context.proxyToServerRequestOptions!.headers['x-by'] = 'script'
          next()
        })
        proxy.onResponse((context, next) => {
          context.serverToProxyResponse!.headers['x-seen'] = `${context.isSSL} ${context.clientToProxyRequest.url}`
          next()
        })
        proxy.onResponseData((_context, chunk, next) => next(null, Buffer.from(String(chunk).toUpperCase())))
      },
      (request, answer) => answer.end(`by ${request.headers['x-by']}`),
    )
    const { status, head, body } = await ask('GET /a?b HTTP/1.1')
    assert.deepEqual([status, body], [200, 'BY SCRIPT'])
    assert.match(head, new RegExp(`^x-seen: ${side === 'https'} /a\\?b`, 'm'))
    await tape.closed()
    assert.match(tape.contentText('upstream', 'to-server'), /^GET \/a\?b HTTP\/1\.1\r\n[\s\S]*x-by: script/)
    assert.doesNotMatch(tape.contentText('client', 'to-server'), /x-by/)
    assert.match(tape.contentText('upstream', 'to-client'), /by script/)
    assert.match(tape.contentText('client', 'to-client'), /BY SCRIPT/)
    assert.deepEqual(tape.told('treated').at(-1), { type: 'treated', treatment: 'rewrite' })
    assert.deepEqual(tape.codes(), [])
  })

  for (const [what, plugin] of Object.entries(failures))
    test(`${side}: a script that ${what} costs its exchange a 502, and the proxy nothing`, async t => {
      const timeouts = { dial: what.startsWith('never') ? 50 : 5000, handshake: 5000, hello: 5000 }
      const { ask, tape } = await scriptedServer(t, side, plugin, undefined, { timeouts })
      for (let i = 1; i <= 2; i++) {
        const { status, body } = await ask('POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi')
        assert.equal(status, 502)
        assert.match(body, /a script of --mitm-script failed: \/scripts\/mine\.mjs/)
        await tape.closed(i)
      }
      assert.deepEqual(new Set(tape.codes()), new Set(['proxy/script-failed']))
      assert.ok(tape.problems().every(({ blame }) => blame === 'parley'))
    })

  test(`${side}: bodies of every shape, and answers without one, pass through a script`, async t => {
    const plugin: Plugin = { onRequest: (_: unknown, next: () => void) => next() }
    const { ask, tape } = await scriptedServer(t, side, plugin, (request, answer) => {
      const { method, url } = request
      if (url === '/204') return void answer.writeHead(204).end()
      if (url === '/304') return void answer.writeHead(304, { etag: '"a"' }).end()
      if (url === '/early') answer.writeEarlyHints({ link: '</a>; rel=preload' })
      if (request.httpVersion === '1.1' && method === 'POST') answer.writeHead(200, { trailer: 'x-t' })
      answer.write(`${method} `)
      request.on('data', chunk => answer.write(chunk))
      request.on('end', () => {
        answer.addTrailers({ 'x-t': String(request.trailers['x-r']) })
        answer.end('.')
      })
    })
    assert.equal((await ask('GET /204 HTTP/1.1')).status, 204)
    const unmodified = await ask('GET /304 HTTP/1.1')
    assert.deepEqual([unmodified.status, unmodified.body], [304, ''])
    assert.equal((await ask('HEAD / HTTP/1.1')).body, '')
    assert.match((await ask('GET /early HTTP/1.1')).all, /^HTTP\/1\.1 103 Early Hints\r\nlink: <\/a>; rel=preload/i)
    const chunked = await ask('POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-R: 7\r\n\r\n')
    assert.equal(chunked.body, 'POST abc.')
    assert.match(chunked.all, /x-t: 7/i)
    const continued = await ask('POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi')
    assert.match(continued.all, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /)
    assert.equal((await ask('POST / HTTP/1.1')).body, 'POST .')
    const old = await ask('GET / HTTP/1.0')
    assert.doesNotMatch(old.head, /chunked/i)
    assert.match(old.all, /GET \.$/)
    assert.deepEqual(tape.codes(), [])
  })
}
