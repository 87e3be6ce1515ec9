import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findKeys, importPackets, type PacketKind } from '../../src/import/import-packets.ts'
import { KeyLines } from '../../src/import/packets/key-lines.ts'
import { tellingDoor } from './packets/telling-door.ts'
import { pcapFile, pcapngFile } from './sample-file.ts'

async function* pieces(bytes: Uint8Array, size = 100): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

async function told(kind: PacketKind, file: Uint8Array) {
  const { door, told: lines } = tellingDoor()
  const reading = importPackets(kind, pieces(file), door, new KeyLines())
  let read = 0
  for (;;) {
    const { done, value } = await reading.next()
    if (done) return { lines, read, ...value }
    read += value
  }
}

test('both formats tell the same connections, and how much was read', async () => {
  const [old, next] = [await told('pcap', pcapFile), await told('pcapng', pcapngFile)]
  assert.deepEqual([old.packets, old.read, old.damage], [6, pcapFile.length, undefined])
  assert.deepEqual(next.lines, old.lines)
  assert.match(old.lines[2]!, /^c1 > GET \/hello/)
})

test('a file that is cut gives what is before the cut', async () => {
  const { lines, damage, packets } = await told('pcap', pcapFile.subarray(0, 300))
  assert.deepEqual([packets, damage?.offset, lines.at(-1)], [3, 24 + 2 * 56 + 96, 'c1 closed'])
})

test('keys are found wherever they stand in the file', async () => {
  const keys = new KeyLines()
  await findKeys('pcapng', pieces(pcapngFile), keys)
  await findKeys('pcap', pieces(pcapFile), keys)
  assert.equal(keys.linesFor(Buffer.from('ab'.repeat(32), 'hex')).length, 1)
})

test('no damage makes it throw', async () => {
  const edit = fc.tuple(fc.nat(pcapngFile.length - 1), fc.nat(255))
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { maxLength: 6 }), async edits => {
      const bytes = Buffer.from(pcapngFile)
      for (const [at, value] of edits) bytes[at] = value
      await told('pcapng', bytes)
    }),
    { numRuns: 300 },
  )
})
