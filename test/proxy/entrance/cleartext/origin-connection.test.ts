import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { OriginConnection } from '../../../../src/proxy/entrance/cleartext/origin-connection.ts'
import { streamPair } from '../../stream-pair.ts'

async function arrived(): Promise<void> {
  for (let i = 0; i < 25; i++) await turn()
}

const asked = { method: 'GET', place: 1 }

function rig() {
  const told: string[] = []
  const origin = new OriginConnection(
    { host: 'a.test', port: 80 },
    {
      head: (_, _text, status) => told.push(`head ${status}`) > 0,
      bytes: (_, bytes) => void told.push(`bytes ${Buffer.from(bytes)}`),
      responded: (_, last) => void told.push(last ? 'last' : 'responded'),
      unreadable: () => void told.push('unreadable'),
      drained: () => void told.push('drained'),
      ended: (_, error) => void told.push(error ? 'reset' : 'ended'),
    },
  )
  const [ours, theirs] = streamPair()
  let heard = ''
  theirs.on('data', chunk => {
    heard += chunk
  })
  theirs.resume()
  return { told, origin, ours, theirs, heard: () => heard }
}
const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n'

test('what is written waits for the dial, an end too', async () => {
  const { origin, ours, heard, told } = rig()
  assert.equal(origin.write(Buffer.from('early')), true)
  assert.equal(origin.write(Buffer.alloc(300_000)), false)
  origin.finish()
  origin.connected(ours)
  await arrived()
  assert.equal(heard().length, 300_005)
  assert.equal(ours.writableFinished, true)
  assert.equal(told[0], 'drained')
})

test('a response waits for its turn, and the next one for its own', async () => {
  const { origin, ours, theirs, told } = rig()
  origin.asked.push(asked, asked)
  origin.connected(ours)
  theirs.write(`${ok}a${ok}b`)
  await arrived()
  assert.deepEqual(told, ['drained'])
  origin.listen()
  await arrived()
  assert.deepEqual(told.splice(0), ['drained', 'head 200', 'bytes a', 'responded'])
  origin.listen()
  await arrived()
  assert.deepEqual(told, ['head 200', 'bytes b', 'responded'])
  assert.deepEqual([origin.answered, origin.usable], [2, true])
})

test('the end of a body without a length is the last response, before the end is told', async () => {
  const { origin, ours, theirs, told } = rig()
  origin.asked.push(asked)
  origin.connected(ours)
  origin.listen()
  theirs.end('HTTP/1.1 200 OK\r\n\r\nx')
  await arrived()
  assert.deepEqual(told.slice(1), ['head 200', 'bytes x', 'last', 'ended'])
  assert.equal(origin.usable, false)
})

test('what is no HTTP is told once, and goes on as bytes', async () => {
  const { origin, ours, theirs, told } = rig()
  origin.asked.push(asked)
  origin.connected(ours)
  origin.listen()
  theirs.write('SSH-2.0')
  await arrived()
  theirs.write('more')
  await arrived()
  assert.deepEqual(told.slice(1), ['bytes SSH-2.0', 'unreadable', 'bytes more'])
})
