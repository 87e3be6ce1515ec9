import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importHar } from '../../../src/import/har/import-har.ts'
import { tellingDoor } from '../packets/telling-door.ts'
import { archive, post, refused, socket } from './samples.ts'

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let from = 0; from < bytes.length; from += 100) yield bytes.subarray(from, from + 100)
}

async function told(text: string) {
  const { door, told: lines } = tellingDoor()
  // what is opened shows both ends, which a HAR does not have
  const event = door.recording.event.bind(door.recording)
  const ends = { remote: { address: 'client', port: 1 }, local: { address: 'server', port: 1 } }
  door.recording.event = (id, at, told) => event(id, at, told.type === 'opened' ? { ...ends, ...told } : told)
  const reading = importHar(pieces(text), door)
  for (;;) {
    const { done, value } = await reading.next()
    if (done) return { lines, ...value }
  }
}

test('entries of one connection share it, with streams of their own', async () => {
  const { lines, entries, unread, whole } = await told(archive(post, { ...post, _stream: 7 }, post))
  assert.deepEqual([entries, unread, whole], [3, 0, true])
  assert.deepEqual(
    lines.filter(line => /opened|POST|closed/.test(line)),
    [
      'c1 opened client 2001:db8::1',
      'c1 POST /x?q=1 on stream 1',
      'c1 POST /x?q=1 on stream 7',
      'c1 POST /x?q=1 on stream 9',
      'c1 closed',
    ],
  )
  assert.ok(lines.includes('c1 secured TLSv1.3 h2'))
})

test('an exchange is told in the order in which it happens', async () => {
  const { lines } = await told(archive(socket, refused))
  assert.deepEqual(
    lines.filter(line => line.startsWith('c1')),
    [
      ...[
        'c1 opened client server',
        'c1 transparent a.example:443',
        'c1 secured none undefined',
        'c1 protocol-known',
        'c1 GET /ws',
      ],
      ...[
        'c1 ended',
        'c1 response-head',
        'c1 upgraded',
        'c1 to-server hi',
        'c1 to-client \0\x01\x02',
        'c1 ended',
        'c1 told',
        'c1 closed',
      ],
    ],
  )
  assert.deepEqual(lines.filter(line => line.startsWith('c2')).slice(3), [
    'c2 GET /gone',
    'c2 ended',
    'c2 aborted',
    'c2 told',
    'c2 closed',
  ])
})

test('entries that cannot be read are counted, and a cut is told', async () => {
  const { entries, unread, whole } = await told(
    archive({ request: {} }, post).slice(0, -2).replace('"url":"https', '"url":"https'),
  )
  assert.deepEqual([entries, unread, whole], [1, 1, true])
  const cut = await told(archive(post, post).slice(0, -100))
  assert.deepEqual([cut.entries, cut.whole], [1, false])
  const damaged = await told(archive(post).replace('"blocked":1', '"blocked":,'))
  assert.deepEqual([damaged.entries, damaged.unread], [0, 1])
})
