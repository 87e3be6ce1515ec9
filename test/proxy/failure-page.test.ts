import assert from 'node:assert/strict'
import { request as ask } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import { type Problem, problemOf } from '../../src/problem/problem.ts'
import { failurePage, failureResponse, serveFailure } from '../../src/proxy/failure-page.ts'

const problem: Problem = {
  code: 'tcp/refused',
  blame: 'server',
  message: `<script>alert("1")</script> & 'é\u202e\u0007\r\nX-Injected: 1`,
  remedy: 'look at <b>this</b>',
}

test('text for everyone, HTML for a client that asks for it', () => {
  assert.equal(failurePage(problem).contentType, 'text/plain; charset=utf-8')
  assert.equal(failurePage(problem, 'text/html,*/*').contentType, 'text/html; charset=utf-8')
})

test('no markup of a message or remedy reaches the page', () => {
  const { body } = failurePage(problem, 'text/html')
  assert.ok(!body.includes('<script>') && !body.includes('<b>') && !body.includes('"1"'))
  assert.ok(body.includes('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;'))
})

test('no control character of a message reaches a terminal', () => {
  const { body } = failurePage(problem)
  assert.match(body, /^[\x20-\x7e\n]*$/)
  assert.ok(body.includes('\\u{202e}'))
})

test('the page names what happened, who is to blame and what to do', () => {
  const { body } = failurePage({ ...problem, message: 'a.example:443 refused the connection' })
  for (const words of ['a.example:443 refused the connection', 'blame: server', 'tcp/refused', 'What to do: look at'])
    assert.ok(body.includes(words), words)
})

test('the status fits the problem', () => {
  const statuses = [
    ['tcp/refused', 502],
    ['tcp/timeout', 504],
    ['proxy/loop', 508],
    ['proxy/bad-request', 400],
  ] as const
  for (const [code, status] of statuses) assert.equal(failurePage(problemOf(code)).status, status)
})

test('the whole response has a length that is true and no header from the message', () => {
  const [head, body] = failureResponse(problem).toString().split('\r\n\r\n') as [string, string]
  const lines = head.split('\r\n')
  assert.equal(lines[0], 'HTTP/1.1 502 Bad Gateway')
  assert.ok(lines.includes(`Content-Length: ${Buffer.byteLength(body)}`))
  assert.ok(!lines.some(line => line.startsWith('X-Injected')))
})

test('over HTTP/1 the request is answered and the connection ends', async () => {
  const [mine, its] = duplexPair()
  serveFailure(its, 'http/1.1', problem)
  const answer = await new Promise<{ status: number; body: string; connection: string }>((resolve, reject) => {
    const request = ask({ createConnection: () => mine, headers: { host: 'a.example', accept: 'text/html' } })
    request.on('error', reject).on('response', response => {
      let body = ''
      response.setEncoding('utf8').on('data', text => {
        body += text
      })
      const { connection = '' } = response.headers
      response.on('end', () => resolve({ status: response.statusCode!, body, connection }))
    })
    request.end()
  })
  assert.equal(answer.status, 502)
  assert.equal(answer.connection, 'close')
  assert.equal(answer.body, failurePage(problem, 'text/html').body)
})

test('over HTTP/2 the request is answered and the session closes', async () => {
  const [mine, its] = duplexPair()
  serveFailure(its, 'h2', problem)
  const session = connectHttp2('http://a.example', { createConnection: () => mine })
  const closed = new Promise(resolve => session.once('close', resolve))
  const stream = session.request({ ':path': '/' })
  const [headers, body] = await new Promise<[NodeJS.Dict<unknown>, string]>((resolve, reject) => {
    let text = ''
    let head: NodeJS.Dict<unknown> = {}
    stream.setEncoding('utf8').on('error', reject)
    stream.on('response', seen => {
      head = seen
    })
    stream.on('data', part => {
      text += part
    })
    stream.on('end', () => resolve([head, text]))
  })
  assert.equal(headers[':status'], 502)
  assert.equal(body, failurePage(problem).body)
  await closed
})

test('a client that speaks no HTTP is cut off and nothing throws', async () => {
  const [mine, its] = duplexPair()
  serveFailure(its, undefined, problem)
  mine.on('error', () => {}).resume()
  const closed = new Promise(resolve => its.once('close', resolve))
  mine.end(Buffer.from([0, 1, 2, 3, 10, 10]))
  await closed
})

test('an apostrophe of the catalogue is one of ASCII where the page is text', () => {
  assert.match(
    failurePage({ ...problem, message: 'the server’s certificate has expired' }).body,
    /server's certificate/,
  )
})

test('a remedy that ends its own sentence gets no full stop', () => {
  assert.match(failurePage({ ...problem, remedy: 'is it running?' }).body, /What to do: is it running\?\n/)
})

test('a failed handshake has something to do, though its own remedy is not known yet', () => {
  const problem = { code: 'tls/no-common-version', blame: 'server', message: 'it refuses every version' } as const
  assert.match(failurePage(problem).body, /What to do: see this connection in Parley/)
})
