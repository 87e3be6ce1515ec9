import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { canImport, kindOf } from '../../src/import/kind.ts'
import { pcap, pcapngBlocks } from '../wire/packet/make-packets.ts'

test('a file is told by its first bytes', () => {
  const files = [
    ...[
      Buffer.from('SQLite format 3\0more'),
      pcap([]),
      pcap([], { little: false, nano: true }),
      pcapngBlocks().section(),
    ],
    ...[gzipSync('x'), Buffer.from('\ufeff {"log":'), Buffer.from('PK\x03\x04'), Buffer.alloc(0)],
  ]
  assert.deepEqual(files.map(kindOf), ['capture', 'pcap', 'pcap', 'pcapng', 'gzip', 'har', undefined, undefined])
})

test('packets and HAR files become captures', () => {
  assert.deepEqual((['capture', 'pcap', 'pcapng', 'har', 'gzip', undefined] as const).map(canImport), [
    false,
    true,
    true,
    true,
    false,
    false,
  ])
})
