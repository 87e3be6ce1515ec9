import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MessageInflater } from '../../../src/view/frames/websocket-inflate.ts'
import { closeText, messageTitle, webSocketLines } from '../../../src/view/frames/websocket-lines.ts'
import { deflated, message } from '../make-messages.ts'

const shown = (...messages: ReturnType<typeof message>[]) => {
  const inflater = new MessageInflater(undefined)
  return messages.map(each => inflater.push(each))
}
const lines = (...messages: ReturnType<typeof message>[]) =>
  webSocketLines(shown(...messages), { since: 1000, maxLines: 50 }).map(({ text, depth }) => '  '.repeat(depth) + text)

test('messages with their direction, kind and text', () => {
  assert.deepEqual(lines(message(0, 'hel\nlo', { direction: 'to-server', frames: 2 }), message(1, '', { opcode: 9 })), [
    '→ 0.00  text 6 B, 2 frames',
    '  hel',
    '  lo',
    '← 1.00  ping 0 B',
  ])
})

test('a close says its code by name and its reason', () => {
  assert.equal(closeText(Buffer.from([3, 232])), '1000 normal closure')
  assert.equal(closeText(Buffer.from('\x03\xe9bye', 'latin1')), '1001 going away: bye')
  assert.equal(closeText(Buffer.of()), 'without a code')
  assert.equal(closeText(Buffer.of(3)), 'with half a code')
  assert.deepEqual(lines(message(0, Buffer.from([3, 232]), { opcode: 8 })), ['← 0.00  close 1000 normal closure'])
})

test('a binary message is drawn in hex, and so is text that does not inflate', () => {
  assert.match(lines(message(0, Buffer.of(1, 2), { opcode: 2 }))[1]!, /^ {2}00000000 {2}01 02 .*\.\.$/)
  const broken = lines(message(0, Buffer.of(255, 1), { compressed: true }))
  assert.match(broken[0]!, /not inflated/)
  assert.match(broken[1]!, /ff 01/)
})

test('what is missing of a message is said', () => {
  const [partly] = shown(message(0, 'abc', { length: 9, complete: false }))
  assert.equal(messageTitle(partly!), 'text 9 B, its last frame never arrived, 3 B kept')
  const [small] = shown(message(0, deflated('hello hello hello'), { compressed: true }))
  assert.match(messageTitle(small!), /inflated to 17 B/)
})

test('no message throws or moves the cursor', () => {
  const any = fc.record({ bytes: fc.uint8Array({ maxLength: 30 }), opcode: fc.nat(15), compressed: fc.boolean() })
  fc.assert(
    fc.property(fc.array(any), all => {
      const drawn = lines(...all.map(({ bytes, ...over }, seq) => message(seq, bytes, over)))
      assert.ok(drawn.length <= 50)
      for (const line of drawn) assert.doesNotMatch(line, /[\x00-\x1f\x7f-\x9f]/)
    }),
  )
})

test('what the server has in the place of a message stands below it, and who changed it in its title', () => {
  const acts = [{ by: 'breakpoint', did: 'changed it' }]
  const server = { length: 9, bytes: Buffer.from('HEL\nLO\x1b') }
  const changed = message(0, 'hello', { direction: 'to-server', acted: { how: 'changed', acts, server } })
  const dropped = message(1, 'bye', { acted: { how: 'dropped', acts: [] } })
  assert.deepEqual(lines(changed, dropped), [
    '→ 0.00  text 5 B, changed by breakpoint',
    '  hello',
    '  the server got 9 B, 7 B kept',
    '  HEL',
    '  LO\\x1b',
    '← 1.00  text 3 B, dropped',
    '  bye',
  ])
})
