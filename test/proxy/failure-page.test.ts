import assert from 'node:assert/strict'
import { STATUS_CODES } from 'node:http'
import { test } from 'node:test'
import { catalogue, type ProblemCode } from '../../src/problem/codes.ts'
import { type Problem, problemOf } from '../../src/problem/problem.ts'
import { failurePage, failureResponse } from '../../src/proxy/failure-page.ts'

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

test('every status of the catalogue is named in the response', () => {
  for (const code of Object.keys(catalogue) as ProblemCode[]) {
    const [line] = failureResponse(problemOf(code)).toString().split('\r\n')
    const { status } = failurePage(problemOf(code))
    assert.equal(line, `HTTP/1.1 ${status} ${STATUS_CODES[status]}`)
  }
})

test('the whole response has a length that is true and no header from the message', () => {
  const [head, body] = failureResponse(problem).toString().split('\r\n\r\n') as [string, string]
  const lines = head.split('\r\n')
  assert.equal(lines[0], 'HTTP/1.1 502 Bad Gateway')
  assert.ok(lines.includes(`Content-Length: ${Buffer.byteLength(body)}`))
  assert.ok(!lines.some(line => line.startsWith('X-Injected')))
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
