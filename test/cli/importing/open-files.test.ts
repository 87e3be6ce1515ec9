import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { openFiles, openWhole } from '../../../src/cli/importing/open-files.ts'
import { pcapFile } from '../../import/sample-file.ts'
import { ownFolder } from '../recorded-run.ts'

function sample(name = 'a.pcap'): string {
  const path = join(ownFolder(), name)
  writeFileSync(path, pcapFile)
  return path
}

test('a file of packets becomes a capture for this time, which leaves nothing behind', async () => {
  const { capture, close } = await openWhole([sample()], {})
  const { path } = capture.info()
  assert.equal(capture.exchange(1)?.request.head.path, '/hello')
  assert.ok(existsSync(path))
  await close()
  assert.equal(existsSync(dirname(path)), false)
})

test('with -o it stays, and is a capture like any other', async () => {
  const output = join(ownFolder(), 'kept.parley')
  await (await openWhole([sample(), sample()], { output })).close()
  const { capture, importing, close } = await openFiles([output], {})
  assert.deepEqual([capture.flows({ limit: 10 }).length, importing], [2, undefined])
  await close()
  await assert.rejects(openWhole([sample()], { output }), /exists/)
  await assert.rejects(openFiles([output, output], {}), /one capture at a time/)
  await assert.rejects(openFiles([output, sample()], {}), /is a capture already/)
  await assert.rejects(openFiles([output], { output: 'x' }), /-o is for/)
})

test('what is no file, or none of ours, is told as before', async () => {
  await assert.rejects(openFiles(['/nowhere/a.pcap'], {}), /nowhere/)
  await assert.rejects(openWhole([sample()], { keylog: ['/nowhere/keys'] }), /ENOENT/)
})
