import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { MessageChannel } from 'node:worker_threads'
import { startThread } from '../../../src/cli/threads/start-thread.ts'
import { ownFolder } from '../recorded-run.ts'

test('a thread that cannot start tells why by an error with its code', async () => {
  const path = join(ownFolder(), 'exists')
  writeFileSync(path, '')
  const { port1, port2 } = new MessageChannel()
  const lines: string[] = []
  const data = { path, limits: { body: 1, behind: 1 }, tape: port2 }
  const worker = startThread('recorder-thread', data, [port2], line => lines.push(line))
  const error = await new Promise<NodeJS.ErrnoException>(resolve => worker.once('error', resolve))
  assert.equal(error.code, 'store/exists')
  port1.close()
})

test('what a thread prints goes to the log, line by line', async () => {
  const { port1, port2 } = new MessageChannel()
  const lines: string[] = []
  const data = { path: join(ownFolder(), 'c'), limits: { body: 1, behind: 1 }, tape: port2 }
  const worker = startThread('recorder-thread', data, [port2], line => lines.push(line))
  await new Promise(resolve => worker.once('message', resolve))
  worker.stdout.push('one\ntw')
  worker.stdout.push('o\n')
  const exited = new Promise(resolve => worker.once('exit', resolve))
  worker.postMessage({ type: 'close' })
  await exited
  port1.close()
  assert.deepEqual(lines.slice(0, 2), ['one', 'two'])
})
