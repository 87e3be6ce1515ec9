import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { look, piecesOf } from '../../src/import/pieces.ts'
import { inFolder } from '../store/samples.ts'
import { pcap } from '../wire/packet/make-packets.ts'

const packets = Array.from({ length: 2000 }, (_, i) => ({ seconds: i, fraction: 0, bytes: Buffer.alloc(900, i) }))
const file = pcap(packets)

async function all(path: string): Promise<{ readonly bytes: Buffer; readonly read: number }> {
  let read = 0
  const pieces: Uint8Array[] = []
  const source = await look(path)
  for await (const piece of piecesOf(source, bytes => (read += bytes))) pieces.push(piece)
  return { bytes: Buffer.concat(pieces), read }
}

test('a file comes in pieces, and a compressed one uncompressed', async () => {
  await inFolder(async folder => {
    const [plain, compressed] = [join(folder, 'a.pcap'), join(folder, 'a.pcap.gz')]
    writeFileSync(plain, file)
    writeFileSync(compressed, gzipSync(file))
    assert.deepEqual(await look(plain), { path: plain, kind: 'pcap', compressed: false, size: file.length })
    assert.deepEqual((await all(plain)).read, file.length)
    assert.ok((await all(plain)).bytes.equals(file))
    const source = await look(compressed)
    assert.deepEqual([source.kind, source.compressed], ['pcap', true])
    const { bytes, read } = await all(compressed)
    assert.ok(bytes.equals(file))
    assert.equal(read, source.size)
  })
})

test('a compressed file that is cut or damaged gives what is before that', async () => {
  await inFolder(async folder => {
    const path = join(folder, 'a.pcap.gz')
    writeFileSync(path, gzipSync(file).subarray(0, 3000))
    const { bytes } = await all(path)
    assert.ok(bytes.length > 0 && bytes.length < file.length && file.subarray(0, bytes.length).equals(bytes))
    writeFileSync(path, Buffer.from('1f8bffff', 'hex'))
    assert.equal((await look(path)).kind, undefined)
  })
})

test('a file that is not there is the system’s error', async () => {
  await assert.rejects(look('/nowhere/a.pcap'), { code: 'ENOENT' })
})
