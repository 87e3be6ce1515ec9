import assert from 'node:assert/strict'
import type { RequestListener } from 'node:http'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { IContext } from 'http-mitm-proxy'
import type { Plugin } from '../../../src/proxy/script/script.ts'
import { inTime } from '../../in-time.ts'
import type { MemoryTape } from '../memory-tape.ts'
import { secureTunnel, toProxy } from '../running.ts'
import { readAll } from '../socket-pair.ts'
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

type Data = (error: null, chunk: Buffer) => void
const later = (_context: unknown, chunk: Buffer, next: Data): void => void setImmediate(next, null, chunk)
const takingTime: Plugin = { onRequestData: later, onResponseData: later }
const looking: Plugin = { onRequest: (_: unknown, next: () => void) => next() }
const whole = 12_000_000 // bytes; several times what the kernel holds
const most = 2_000_000
const slow = 100 // ms before anything is read; were it too short, the test would only be easier

/** The most bytes that had been read and not yet been written. */
function mostHeld({ contents }: MemoryTape, read: string, written: string): number {
  let [held, highest] = [0, 0]
  for (const { lane, bytes } of contents) {
    if (lane === read) held += bytes.length
    if (lane === written) held -= bytes.length
    highest = Math.max(highest, held)
  }
  return highest
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

  test(`${side}: what a client says of itself to its proxy is nothing for a script, nor for the server`, async t => {
    const seen: unknown[] = []
    const onRequest = (context: IContext, next: () => void): void => {
      const { headers, rawHeaders } = context.clientToProxyRequest
      seen.push(
        headers['proxy-authorization'],
        rawHeaders.filter(text => /proxy-auth|dTpw/i.test(text)),
      )
      next()
    }
    const { ask } = await scriptedServer(t, side, { onRequest }, (request, answer) =>
      answer.end(request.rawHeaders.join().match(/proxy-auth|dTpw/i)?.[0] ?? 'nothing'),
    )
    const fields = 'Proxy-Authorization: Basic dTpw\r\nproxy-authorization: Basic dTpw\r\n\r\n'
    assert.equal((await ask(`GET / HTTP/1.1\r\n${fields}`)).body, 'nothing')
    assert.deepEqual(seen, [undefined, []])
  })

  test(`${side}: the server is asked for an exchange when it is, and not where a script answers`, async t => {
    const { ask, tape } = await scriptedServer(t, side, proxy => {
      proxy.onRequest((context, next) => {
        if (context.clientToProxyRequest.url === '/no') context.proxyToClientResponse.end('mine')
        else next()
      })
    })
    assert.equal((await ask('GET /no HTTP/1.1')).body, 'mine')
    assert.equal((await ask('GET /yes HTTP/1.1')).body, 'GET /yes')
    await tape.closed(2)
    assert.deepEqual(
      tape.heads.filter(({ text }) => text === ''),
      [
        { exchange: 1, text: '' },
        { exchange: 1, text: '' },
      ],
    )
    const ofServer = tape.contents.filter(({ lane }) => lane === 'upstream to-server')
    assert.deepEqual([...new Set(ofServer.map(({ exchange }) => exchange))], [1])
    assert.equal(new Set(ofServer.map(({ connection }) => connection)).size, 1)
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

  test(`${side}: a body is read no faster than it is written`, async t => {
    const plugin = side === 'https' ? looking : takingTime
    const { proxy, tape, ca, port } = await scriptedServer(t, side, plugin, async (request, answer) => {
      if (request.method === 'PUT') await wait(slow)
      for await (const _ of request);
      answer.end(request.method === 'GET' ? Buffer.alloc(whole) : undefined)
    })
    const where = { host: 'a.example', port, ca, alpn: ['http/1.1'] }
    const url = side === 'https' ? '/' : `http://a.example:${port}/`
    for (const [i, method] of ['GET', 'PUT'].entries()) {
      const client = side === 'https' ? await secureTunnel(t, proxy, where) : await toProxy(t, proxy)
      const length = method === 'PUT' ? `Content-Length: ${whole}\r\n` : ''
      client.write(`${method} ${url} HTTP/1.1\r\nHost: a.example:${port}\r\nConnection: close\r\n${length}\r\n`)
      if (method === 'PUT') client.write(Buffer.alloc(whole))
      else await wait(slow)
      const heard = await inTime(`the answer to ${method}`, readAll(client), 20_000)
      assert.ok(heard.length > (method === 'GET' ? whole : 10), `${method}: ${heard.length}`)
      client.destroy()
      await tape.closed(i + 1)
    }
    const held = [
      mostHeld(tape, 'client to-server', 'upstream to-server'),
      mostHeld(tape, 'upstream to-client', 'client to-client'),
    ]
    assert.ok(Math.max(...held) < most, held.join(' and '))
    assert.deepEqual(tape.codes(), [])
  })

  test(`${side}: a script that throws in the midst of a body cuts it off, and is told once`, async t => {
    let chunks = 0
    const onResponseData = (_context: unknown, chunk: Buffer, next: Data): void =>
      chunks++ ? fail() : next(null, chunk)
    const { ask, tape } = await scriptedServer(t, side, { onResponseData }, async (_, answer) => {
      answer.write('one')
      await wait(20)
      answer.end('two')
    })
    const { all } = await ask('GET / HTTP/1.1')
    assert.match(all, /^HTTP\/1\.1 200 [\s\S]*one/)
    assert.doesNotMatch(all, /two|0\r\n\r\n$|failed/)
    await tape.closed()
    assert.deepEqual([...new Set(tape.codes())], ['proxy/script-failed'])
    assert.equal(new Set(tape.problems().map(({ message }) => message)).size, 1)
  })

  for (const [what, serve] of [
    ['closes without an answer', (_, answer) => answer.socket?.destroy()],
    ['answers with what Node cannot read', (_, answer) => answer.socket?.end('HTTP/1.1 200 OK\r\nA B: c\r\n\r\n')],
  ] as const satisfies readonly (readonly [string, RequestListener])[])
    test(`${side}: a server that ${what} is answered for, or closed like it if that is asked`, async t => {
      const { ask, tape } = await scriptedServer(t, side, looking, serve)
      assert.match((await ask('GET / HTTP/1.1')).all, /^HTTP\/1\.1 502 /)
      await tape.closed()
      assert.equal(tape.problems().length, 1)
      assert.equal(tape.problems()[0]?.blame, what.startsWith('closes') ? 'server' : 'parley')
      const mute = await scriptedServer(t, side, looking, serve, { failAsServer: true })
      assert.equal((await mute.ask('GET / HTTP/1.1')).all, '')
      await mute.tape.closed()
      assert.equal(new Set(mute.tape.problems().map(({ message }) => message)).size, 1)
    })

  test(`${side}: a request that Node cannot read is Parley’s limit`, async t => {
    const { ask, tape } = await scriptedServer(t, side, looking)
    const { status } = await ask('GET / HTTP/1.1\r\nA: \x01\r\n\r\n')
    assert.equal(status, 400)
    await tape.closed()
    assert.deepEqual(
      tape.problems().map(({ blame }) => blame),
      ['parley'],
    )
  })
}
