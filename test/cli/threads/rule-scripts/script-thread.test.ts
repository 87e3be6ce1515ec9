import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { scriptOf } from './scripts.ts'

const thread = new URL('../../../../src/cli/threads/rule-scripts/script-thread.ts', import.meta.url)

test('the thread says that it is ready, begins a call, and answers', async t => {
  const worker = new Worker(thread, { workerData: { file: scriptOf(t, 'export const request = (m: any) => m.n * 2') } })
  t.after(() => worker.terminate())
  const said: unknown[] = []
  worker.on('message', message => said.push(message))
  worker.postMessage({ id: 1, hook: 'request', message: { n: 21 } })
  while (said.length < 3) await once(worker, 'message')
  assert.deepEqual(said, [{ type: 'loaded' }, { type: 'started', id: 1 }, { type: 'done', id: 1, result: 42 }])
})
