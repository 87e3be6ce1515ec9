import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findings } from '../../../src/export/pcapng/findings.ts'
import type { Connection } from '../../../src/model/connection.ts'
import type { LegName } from '../../../src/model/party.ts'
import { problemOf } from '../../../src/problem/problem.ts'
import { tlsPair } from '../../wire/tls/record-pair.ts'
import { identity } from '../../wire/tls/test-certificates.ts'

const connection: Connection = {
  ...{ id: 3, openedAt: 0, entrance: 'connect', treatment: 'observe', client: {}, upstream: {} },
  target: { host: 'a.example\x1b', port: 443 },
  problems: [],
}

test('what differs stands on the server’s ClientHello, a remark on its message', async () => {
  const pair = tlsPair({ server: identity('rsa') })
  const [client, upstream] = [await pair.connect({ maxVersion: 'TLSv1.2' }), await pair.connect()]
  const legCapture = (_: number, leg: LegName) => (leg === 'client' ? client : upstream).capture
  const notes = findings({ legCapture, facts: () => undefined }, connection, leg => [`how ${leg}`])
  assert.match(notes.client.first[0]!, /^Parley: connection 3 to a\.example.{1,8}:443, connect, observe, client leg$/)
  assert.doesNotMatch(notes.client.first[0]!, /\x1b/)
  assert.equal(notes.upstream.first[1], 'how upstream')
  assert.match(notes.client.first[2]!, /^Would they have agreed without the proxy\? /)
  const [hello] = notes.upstream.at
  assert.deepEqual([hello?.direction, hello?.offset], ['to-server', 0])
  assert.match(hello!.text, /^The two legs differ\. Version: client TLS 1\.2, upstream TLS 1\.3/)
  const sentinel = notes.client.at.find(({ text }) => text.includes('downgrade sentinel'))
  assert.equal(sentinel?.direction, 'to-client')
})

test('a problem stands on the alert, or on what ended the leg', async () => {
  const { capture } = await tlsPair({ server: { ...identity('rsa'), minVersion: 'TLSv1.3' } }).connect({
    maxVersion: 'TLSv1.2',
  })
  const problem = problemOf('proxy/bad-request', { detail: 'for a test' })
  const failed = {
    ...connection,
    problems: [problem],
    client: { closed: { at: 1, by: 'client', how: 'fin' } },
  } as const
  const of = (with_: typeof capture | undefined) =>
    findings(
      { legCapture: (_, leg) => (leg === 'client' ? with_ : undefined), facts: () => undefined },
      failed,
      () => [],
    )
  const alerted = of(capture).client
  assert.ok(alerted.at.some(({ direction, text }) => direction === 'to-client' && text.startsWith('Problem: ')))
  assert.deepEqual(alerted.last, [])
  const silent = of(undefined)
  assert.match(silent.client.last[0]!, /^Problem: .*for a test/)
  assert.match(silent.upstream.first.at(-1)!, /^Problem: /)
})
