import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ipStart } from '../../../src/wire/packet/link.ts'
import { ethernet, ipv4, ipv6 } from './make-packets.ts'

const four = ipv4(Buffer.from('x'))
const six = ipv6(Buffer.from('x'))
const hex = (text: string, packet: Uint8Array) => Buffer.concat([Buffer.from(text.replaceAll(' ', ''), 'hex'), packet])

test('IP is found behind each kind of link', () => {
  const frames: readonly (readonly [number, Uint8Array, number])[] = [
    [1, ethernet(0x0800, four), 14],
    [1, ethernet(0x86dd, six), 14],
    [1, ethernet(0x8100, hex('0005 0800', four)), 18],
    [1, ethernet(0x88a8, hex('0005 8100 0006 86dd', six)), 22],
    [1, ethernet(0x8864, hex('1100 0001 0017 0021', four)), 22],
    [1, ethernet(0x8847, hex('00010040 00011140', four)), 22],
    [113, hex('0000 0001 0006 000000000000 0000 0800', four), 16],
    [113, hex('0000 0001 0006 000000000000 0000 8100 0005 0800', four), 20],
    [276, hex('86dd 0000 00000001 0001 00 06 0000000000000000', six), 20],
    [0, hex('02000000', four), 4],
    [0, hex('1e000000', six), 4],
    [0, hex('00000018', six), 4],
    [108, hex('00000002', four), 4],
    [9, hex('ff03 0021', four), 4],
    [9, hex('57', six), 1],
    [101, four, 0],
    [228, four, 0],
    [229, six, 0],
  ]
  for (const [type, frame, start] of frames) assert.equal(ipStart(type, frame), start, `${type} ${start}`)
})

test('what carries no IP, is cut, or is of another link, has none', () => {
  const frames: readonly (readonly [number, Uint8Array])[] = [
    [1, ethernet(0x0806, four)],
    [1, ethernet(0x8100, Buffer.alloc(2))],
    [1, Buffer.alloc(13)],
    [113, Buffer.alloc(15)],
    [276, Buffer.alloc(19)],
    [0, Buffer.alloc(3)],
    [0, hex('12345678', four)],
    [9, hex('c021', four)],
    [9, Buffer.alloc(1)],
    [101, Buffer.from([0x30])],
    [1, ethernet(0x8847, Buffer.alloc(40))],
    [105, four],
  ]
  for (const [type, frame] of frames) assert.equal(ipStart(type, frame), undefined, String(type))
})
