import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerBytes, type Slab, slabHeaderBytes, slabState } from '../../src/tape/entry.ts'
import { SlabWriter } from '../../src/tape/slab-writer.ts'
import { toClient, toServer } from './lanes.ts'
import { logOf } from './tape-log.ts'

function slabOf(write: (writer: SlabWriter) => void): Slab {
  const slabs: Slab[] = []
  const writer = new SlabWriter(slab => slabs.push(slab), { slabBytes: 4096 })
  write(writer)
  writer.flush()
  assert.equal(slabs.length, 1)
  return slabs[0]!
}

test('every kind of entry comes back with its connection, leg, direction, time and bytes', () => {
  const slab = slabOf(writer => {
    writer.event(1, 1.5, { type: 'closed', at: 1.5 })
    writer.wire({ connection: 0xffff_ffff, leg: 'upstream', direction: 'to-client' }, 2.25, 2 ** 40, Buffer.from('abc'))
    writer.recordHeaders({ ...toServer, connection: 2 }, 3, Buffer.alloc(11, 7))
    writer.content({ ...toClient, connection: 3 }, 4, Buffer.from('content'))
    writer.contentEnd({ connection: 3, leg: 'upstream', direction: 'to-server' }, 5)
    writer.head({ ...toServer, connection: 3, leg: 'upstream', exchange: 0xffff_ffff }, 5.5, Buffer.from('GET'))
    writer.keyLog(4, 'upstream', 6, Buffer.from('CLIENT_RANDOM 00 ff\n'))
  })
  assert.deepEqual(logOf([slab]), [
    { kind: 'event', connection: 1, at: 1.5, event: { type: 'closed', at: 1.5 } },
    { kind: 'wire', stream: 'c4294967295 upstream to-client', at: 2.25, position: 2 ** 40, bytes: Buffer.from('abc') },
    { kind: 'record-headers', stream: 'c2 client to-server', at: 3, bytes: Buffer.alloc(11, 7) },
    { kind: 'content', stream: 'c3 client to-client', at: 4, bytes: Buffer.from('content') },
    { kind: 'content-end', stream: 'c3 upstream to-server', at: 5 },
    { kind: 'head', stream: 'c3 upstream to-server of 4294967295', at: 5.5, bytes: Buffer.from('GET') },
    { kind: 'key-log', connection: 4, leg: 'upstream', at: 6, line: 'CLIENT_RANDOM 00 ff\n' },
  ])
})

test('nothing is read past the used part of a slab', () => {
  const { buffer } = slabOf(writer => writer.content(toServer, 0, Buffer.from('first')))
  const used = slabHeaderBytes + headerBytes + 5
  new Uint8Array(buffer).fill(0xff, used)
  assert.equal(logOf([{ buffer, used, behind: 1 }]).length, 1)
})

test('an empty slab says nothing', () => {
  assert.deepEqual(logOf([{ buffer: new SharedArrayBuffer(100), used: slabHeaderBytes, behind: 0 }]), [])
})

test('a kind that the reader does not know throws with its offset', () => {
  const slab = slabOf(writer => writer.content(toServer, 0, Buffer.from('abcd')))
  const bytes = Buffer.from(slab.buffer)
  bytes[slab.used] = 99
  assert.throws(() => logOf([{ ...slab, used: slab.used + headerBytes }]), /kind 99 at byte 42/)
})

test('a slab is free once it is read, and not before', () => {
  const slab = slabOf(writer => writer.content(toServer, 0, Buffer.from('abcd')))
  const state = (): number => Atomics.load(new Int32Array(slab.buffer, 0, 1), 0)
  assert.equal(state(), slabState.busy)
  logOf([slab])
  assert.equal(state(), slabState.free)
})
