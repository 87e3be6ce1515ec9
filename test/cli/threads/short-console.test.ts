import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { shortly } from '../../../src/cli/threads/short-console.ts'

test('an error is its name and message in one line', () => {
  assert.equal(shortly(new TypeError('a\n  b')), 'TypeError: a b')
  assert.equal(shortly('PROXY_ERROR'), 'PROXY_ERROR')
  assert.equal(shortly(undefined), 'undefined')
})

test('what a thread prints afterwards has no stack', async () => {
  const module = JSON.stringify(new URL('../../../src/cli/threads/short-console.ts', import.meta.url).href)
  const code = `import(${module}).then(({ shortenConsole }) => { shortenConsole(); console.error('failed:', new Error('x')) })`
  const worker = new Worker(code, { eval: true, stderr: true })
  let said = ''
  worker.stderr.on('data', bytes => (said += bytes))
  await new Promise(resolve => worker.once('exit', resolve))
  assert.equal(said, 'failed: Error: x\n')
})
