import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { ImportSays } from '../../../src/cli/threads/import-messages.ts'
import { startThread } from '../../../src/cli/threads/start-thread.ts'
import { pcapFile } from '../../import/sample-file.ts'
import { ownFolder } from '../recorded-run.ts'

async function run(files: readonly string[]): Promise<readonly ImportSays[]> {
  const wanted = { files, keyLogs: [], to: join(ownFolder(), 'made.parley'), limits: { body: 1000, behind: 1 } }
  const worker = startThread('import-thread', wanted, [], () => {})
  const said: ImportSays[] = []
  worker.on('message', (message: ImportSays) => said.push(message))
  await new Promise(resolve => worker.once('exit', resolve))
  return said
}

test('a thread makes a capture, and says when it can be read and when it is done', async () => {
  const path = join(ownFolder(), 'a.pcap')
  writeFileSync(path, pcapFile)
  const said = await run([path])
  assert.deepEqual([said[0]!.type, said.at(-1)!.type], ['open', 'done'])
  assert.ok(said.some(message => message.type === 'changed' && message.changes.flows.includes(1)))
})

test('what it cannot read it says, and ends', async () => {
  assert.match(JSON.stringify(await run(['/nowhere/a.pcap'])), /^\[\{"type":"failed","message":"ENOENT/)
})
