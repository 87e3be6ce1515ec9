import assert from 'node:assert/strict'
import { duplexPair } from 'node:stream'
import { test } from 'node:test'
import type { SiteFacts } from '../../../src/proxy/site/facts.ts'
import { serveSite } from '../../../src/proxy/site/serve-site.ts'
import { statusOf } from '../say.ts'
import { readAll } from '../socket-pair.ts'
import { factsWith, rootPem } from './make.ts'

async function answersTo(bytes: string, facts: Partial<SiteFacts> = {}): Promise<string> {
  const [client, server] = duplexPair()
  const answers = readAll(client)
  serveSite(server, factsWith(facts))
  client.write(bytes)
  return String(await answers)
}

const request = (first: string, ...fields: string[]): string =>
  [`${first} HTTP/1.1`, 'Host: parley.proxy', ...fields, '', ''].join('\r\n')
const last = 'Connection: close'

test('the requests of a connection are answered one after the other', async () => {
  const all = await answersTo(request('GET /check') + request('GET /parley-ca.pem?x', last))
  assert.equal(all.match(/HTTP\/1\.1 200 OK/g)!.length, 2)
  assert.ok(all.endsWith(rootPem))
})

test('a HEAD gets the length and no body', async () => {
  const answer = await answersTo(request('HEAD /check', last))
  assert.match(answer, /content-length: 7\r\n[\s\S]*\r\n\r\n$/)
})

test('what is to be changed is refused, and its body is not waited for', async () => {
  const answer = await answersTo(request('POST /', 'Content-Length: 1000000'))
  assert.equal(statusOf(answer), 405)
  assert.match(answer, /connection: close/i)
})

test('what is no HTTP ends the connection', async () => {
  assert.equal(await answersTo('\x16\x03\x01\0\0\r\n\r\n'), '')
})

test('a root that cannot be had is a failure of this answer alone', async t => {
  const logged = t.mock.method(console, 'error', () => {})
  const leaves = { ...factsWith().leaves, leafFor: async () => Promise.reject(new Error('no leaf')) }
  assert.equal(statusOf(await answersTo(request('GET /'), { leaves })), 500)
  assert.match(String(logged.mock.calls[0]!.arguments[0]), /no leaf/)
})
