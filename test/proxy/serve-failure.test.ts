import assert from 'node:assert/strict'
import { request as ask } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import { problemOf } from '../../src/problem/problem.ts'
import { failurePage } from '../../src/proxy/failure-page.ts'
import { serveFailure } from '../../src/proxy/serve-failure.ts'

const problem = problemOf('tcp/refused')

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
