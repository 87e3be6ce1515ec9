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
  await assert.rejects(openFiles([output, sample()], {}), /is a capture already/)
  await assert.rejects(openFiles([output], { output: 'x' }), /-o is for/)
})

test('several captures are one for this time, or stay with -o', async () => {
  const one = join(ownFolder(), 'one.parley')
  await (await openWhole([sample()], { output: one })).close()
  const { capture, importing, close } = await openFiles([one, one, one], {})
  const { path } = capture.info()
  assert.deepEqual([capture.flows({ limit: 10 }).length, importing], [3, undefined])
  await close()
  assert.equal(existsSync(dirname(path)), false)
  const output = join(ownFolder(), 'two.parley')
  await (await openFiles([one, one], { output })).close()
  const kept = await openFiles([output], {})
  assert.equal(kept.capture.flows({ limit: 10 }).length, 2)
  await kept.close()
  await assert.rejects(openFiles([one, one], { output }), /exists/)
})

test('what is no file, or none of ours, is told as before', async () => {
  await assert.rejects(openFiles(['/nowhere/a.pcap'], {}), /nowhere/)
  await assert.rejects(openWhole([sample()], { keylog: ['/nowhere/keys'] }), /ENOENT/)
})
