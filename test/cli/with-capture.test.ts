import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { CliError } from '../../src/cli/fail.ts'
import { withCapture } from '../../src/cli/with-capture.ts'
import { pcapFile } from '../import/sample-file.ts'
import { ownFolder, recordVisits } from './recorded-run.ts'

test('a capture is open for as long as it is worked with', async () => {
  const { path } = await recordVisits()
  const [flows, capture] = await withCapture(path, {}, async open => [open.count(), open] as const)
  assert.equal(flows, 3)
  assert.throws(() => capture.count())
})

test('what is no capture, and what breaks while it is read, is not mistaken for an answer', async () => {
  const path = join(ownFolder(), 'none.parley')
  writeFileSync(path, 'no capture')
  const unreadable = (error: unknown) => error instanceof CliError && error.exitCode === 3
  await assert.rejects(
    withCapture(path, {}, () => 1),
    unreadable,
  )
  await assert.rejects(
    withCapture((await recordVisits()).path, {}, () => {
      throw new TypeError('a fault of the program')
    }),
    TypeError,
  )
})

test('what others recorded is a capture for as long, and what of it cannot be read is no answer either', async () => {
  const [packets, damaged] = [join(ownFolder(), 'a.pcap'), join(ownFolder(), 'b.pcap')]
  writeFileSync(packets, pcapFile)
  assert.equal(await withCapture(packets, {}, open => open.count()), 1)
  writeFileSync(damaged, Buffer.from('1f8b', 'hex'))
  const unreadable = (error: unknown) => error instanceof CliError && error.exitCode === 3
  await assert.rejects(
    withCapture(damaged, {}, () => 1),
    unreadable,
  )
})
