import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ItemCutter } from '../../../src/wire/pcap/item-cutter.ts'
import { everySplit } from '../every-split.ts'

/** Items whose first byte is their length; 255 is none, 254 claims far too much. */
const cutting = () => {
  const told: string[] = []
  const cutter = new ItemCutter((bytes, from) => {
    const length = bytes[from]!
    if (length === 255) return 'no item'
    if (length === 254) return { needs: 100 * 1024 * 1024 }
    if (bytes.length - from < length) return { needs: length }
    told.push(bytes.subarray(from + 1, from + length).toString())
    return { took: length }
  })
  const answer = () => {
    cutter.end()
    return cutter.damage ? [...told, `${cutter.damage.offset} ${cutter.damage.what}`] : told
  }
  return { push: (bytes: Uint8Array) => cutter.push(bytes), answer }
}

test('items come whole wherever the pieces end', () => {
  assert.deepEqual(everySplit(Buffer.from('\x04one\x01\x06three'), cutting), ['one', '', 'three'])
})

test('what is no item, claims too much, or is cut, ends it at its place', () => {
  const answers = ['\x03hi\xff\x03ho', '\x03hi\xfe', '\x03hi\x05ab'].map(text =>
    everySplit(Buffer.from(text, 'latin1'), cutting),
  )
  assert.deepEqual(answers, [
    ['hi', '3 no item'],
    ['hi', '3 a block claims 104857600 bytes, more than 67108864'],
    ['hi', '3 the file is cut after 3 of 5 bytes of a block'],
  ])
})
