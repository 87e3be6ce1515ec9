import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { MessageChannel } from 'node:worker_threads'
import type { OnTape, RecorderSays, ToRecorder } from '../../../src/cli/threads/messages.ts'
import { startThread } from '../../../src/cli/threads/start-thread.ts'
import { openCapture } from '../../../src/store/capture.ts'
import { SlabWriter } from '../../../src/tape/slab-writer.ts'
import { toServer } from '../../tape/lanes.ts'
import { ownFolder } from '../recorded-run.ts'

const endpoint = { address: '127.0.0.1', port: 1 }

function start(more: object = {}) {
  const path = join(ownFolder(), 'capture.parley')
  const { port1, port2 } = new MessageChannel()
  const said: RecorderSays[] = []
  const data = { path, limits: { body: 1000, behind: 10 }, tape: port2, ...more }
  const worker = startThread('recorder-thread', data, [port2], () => {})
  worker.on('message', (message: RecorderSays) => said.push(message))
  const exited = new Promise(resolve => worker.once('exit', resolve))
  const tape = new SlabWriter(slab => port1.postMessage({ slab } satisfies OnTape))
  return { path, port1, said, worker, exited, tape }
}

test('slabs become a capture, changes are announced, and the end of the tape closes it whole', async () => {
  const { path, port1, said, exited, tape } = start()
  tape.event(1, 1, { type: 'opened', at: 1, local: endpoint, remote: endpoint })
  tape.content(toServer, 2, Buffer.from('GET /x HTTP/1.1\r\nHost: a.example\r\n\r\n'))
  tape.flush()
  port1.postMessage({ end: true } satisfies OnTape)
  await exited
  assert.deepEqual([said[0]!.type, said.at(-1)!.type], ['open', 'closed'])
  assert.ok(said.some(message => message.type === 'changed' && message.changes.flows.includes(1)))
  assert.equal(existsSync(`${path}-wal`), false)
  const capture = openCapture(path)
  assert.equal(capture.exchange(1)?.request.head.path, '/x')
  capture.close()
})

test('a word for the log is committed though nothing passes', async () => {
  const { path, port1, worker, exited } = start()
  const opened = new Promise<void>(resolve => worker.once('message', () => resolve()))
  await opened
  const changed = new Promise<void>(resolve => worker.once('message', () => resolve()))
  worker.postMessage({ type: 'log', level: 'info', text: 'a word' } satisfies ToRecorder)
  await changed
  const capture = openCapture(path)
  assert.deepEqual(
    capture.events().map(({ text }) => text),
    ['a word'],
  )
  capture.close()
  port1.postMessage({ end: true } satisfies OnTape)
  await exited
})

test('a file that is full is told once, and the tape is read to its end all the same', async () => {
  const { port1, said, worker, exited, tape } = start({
    diskLimit: 300_000,
    limits: { body: 100_000_000, behind: 100_000 },
  })
  tape.event(1, 1, { type: 'opened', at: 1, local: endpoint, remote: endpoint })
  const write = (from: number): void => {
    for (let i = from; i < from + 40; i++) {
      tape.wire(toServer, 2, i * 50_000, Buffer.alloc(50_000, i))
      tape.flush()
    }
  }
  const told = new Promise<void>(resolve => {
    worker.on('message', ({ type }: RecorderSays) => type === 'failed' && resolve())
  })
  write(0)
  await told
  write(40)
  port1.postMessage({ end: true } satisfies OnTape)
  await exited
  const failures = said.filter(({ type }) => type === 'failed')
  assert.equal(failures.length, 1)
  assert.match(JSON.stringify(failures[0]), /store\//)
  assert.equal(said.at(-1)!.type, 'closed')
})

test('a key log that cannot be written any more is told once, and the recording goes on', {
  skip: !existsSync('/dev/full') && 'needs /dev/full',
}, async () => {
  const { path, port1, said, exited, tape } = start({ keyLogPath: '/dev/full' })
  tape.event(1, 1, { type: 'opened', at: 1, local: endpoint, remote: endpoint })
  for (let i = 0; i < 3; i++) tape.keyLog(1, 'client', 2, Buffer.from(`LABEL ${i} 00\n`))
  tape.event(1, 3, { type: 'closed', at: 3 })
  tape.flush()
  port1.postMessage({ end: true } satisfies OnTape)
  await exited
  const failures = said.filter(message => message.type === 'failed')
  assert.deepEqual(
    failures.map(({ message }) => message),
    ['--keylog: /dev/full cannot be written any more (ENOSPC)'],
  )
  const capture = openCapture(path)
  assert.equal(capture.connection(1)?.closed?.at, 3)
  capture.close()
})

test('close without an end of the tape closes the file too', async () => {
  const { path, port1, worker, said, exited } = start()
  worker.postMessage({ type: 'log', level: 'info', text: 'hello' } satisfies ToRecorder)
  worker.postMessage({ type: 'close' } satisfies ToRecorder)
  await exited
  port1.close()
  assert.equal(said.at(-1)!.type, 'closed')
  const capture = openCapture(path)
  assert.deepEqual(
    capture.events().map(({ text }) => text),
    ['hello'],
  )
  capture.close()
})
