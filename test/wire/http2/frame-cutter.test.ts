import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FrameCutter } from '../../../src/wire/http2/frame-cutter.ts'
import { everySplit } from '../every-split.ts'
import { frameBytes } from './frame-bytes.ts'

const cutting = () => {
  const told: string[] = []
  let open = ''
  const text = (bytes: Uint8Array, from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString('hex')
  const cutter = new FrameCutter({
    begins: (type, _flags, _stream, length) => (length > 1000 ? 'lost' : type === 0 ? 'pieces' : 'whole'),
    whole: (type, flags, stream, bytes, from, to) =>
      void told.push(`whole ${type} ${flags} ${stream} ${text(bytes, from, to)}`),
    piece: (bytes, from, to, ends) => {
      open += text(bytes, from, to)
      if (ends) told.push(`pieces ${open}`)
      if (ends) open = ''
    },
    rest: (bytes, from, to) => {
      const before = told.at(-1)?.startsWith('rest') ? told.pop()! : 'rest '
      told.push(before + text(bytes, from, to))
    },
  })
  return { cutter, told, push: (bytes: Uint8Array) => cutter.push(bytes), answer: () => told }
}

test('every frame comes with its very bytes, wherever the network cuts, and all behind what cannot be', () => {
  const ping = frameBytes(6, 1, 0, Buffer.from('12345678'))
  const data = frameBytes(0, 9, 3, Buffer.from('hello'))
  const empty = frameBytes(0, 1, 5)
  const settings = frameBytes(4, 0, 0)
  const tooLong = Buffer.concat([frameBytes(1, 0, 7, new Uint8Array(1001)).subarray(0, 12), Buffer.from('more')])
  const hex = (bytes: Buffer) => bytes.toString('hex')
  assert.deepEqual(everySplit(Buffer.concat([settings, ping, data, empty, ping, tooLong]), cutting), [
    `whole 4 0 0 ${hex(settings)}`,
    `whole 6 1 0 ${hex(ping)}`,
    `pieces ${hex(data)}`,
    `pieces ${hex(empty)}`,
    `whole 6 1 0 ${hex(ping)}`,
    `rest ${hex(tooLong)}`,
  ])
})

test('where somebody else is lost, what has begun is the first of the rest', () => {
  const { cutter, told } = cutting()
  cutter.push(frameBytes(6, 0, 0, Buffer.from('12345678')).subarray(0, 11))
  cutter.lose()
  cutter.push(Buffer.from('xyz'))
  assert.deepEqual([cutter.lost, told], [true, ['rest 000008060000000000313278797a']])
})
