import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageBody, messageInfo, shownMessage } from '../../../src/tui/handshake-message/lines.ts'
import type { MessageScreen } from '../../../src/tui/handshake-message/state.ts'
import { plain } from '../../../src/tui/line.ts'
import { readFieldBlock } from '../../../src/view/frames/field-block.ts'
import { frame, frameWorld } from '../frame-log.ts'
import { sampleWorld } from '../world.ts'

const world = await sampleWorld(160, 48)
const hello: MessageScreen = {
  kind: 'message',
  connection: 1,
  log: 'client',
  index: 0,
  cursor: 0,
  toggled: new Set(),
  explained: false,
  top: 0,
}
const at = (name: string): MessageScreen => ({
  ...hello,
  cursor: shownMessage(hello, world)!.lines.findIndex(line => line.name === name),
})
const lit = (screen: MessageScreen, columns = 160): string =>
  messageBody(screen, { ...world, columns })
    .flatMap(spans => spans.filter(({ ground }) => ground === 'lit'))
    .map(({ text }) => text)
    .join(' ')

test('the bytes of the selected field are lit up, in hex and as characters', () => {
  const message = shownMessage(hello, world)!
  const random = Buffer.from(message.bytes.subarray(6, 38)).toString('hex').replace(/../g, '$& ').trim()
  for (const columns of [80, 160]) {
    const digits = lit(at('random'), columns)
      .split(/ +/)
      .filter(word => /^[0-9a-f]{2}$/.test(word))
    for (const pair of new Set(random.split(' '))) assert.ok(digits.includes(pair), pair)
  }
  assert.match(lit(at('msg_type')), /^01 \.$/)
})

test('a field far down brings its bytes into sight, with their true offset', () => {
  const screen = at('key_share')
  const { start } = shownMessage(screen, world)!.lines[screen.cursor]!.range!
  const line = messageBody(screen, world).find(spans => spans.some(({ ground }) => ground === 'lit'))!
  assert.match(plain(line), new RegExp((start - (start % 16)).toString(16).padStart(8, '0')))
})

test('a field is explained, with the section that defines it', () => {
  const text = messageInfo(at('random'), world, 2).map(plain).join('\n')
  assert.match(text, /random {2}32 bytes at 6 {2}RFC 8446/)
})

test('a message that is not there is no crash', () => {
  assert.equal(shownMessage({ ...hello, index: 999 }, world), undefined)
  assert.match(
    messageBody({ ...hello, connection: 999 }, world)
      .map(plain)
      .join(),
    /not in the capture/,
  )
  assert.deepEqual(messageInfo({ ...hello, index: 999 }, world, 2), [])
})

test('a frame with fields tells its block and the table, its bytes lit line by line', () => {
  const payload = Uint8Array.from([0x82, 0x41, 1, 0x61])
  const headers = frame(0, { type: 1, typeName: 'HEADERS', flags: 4, flagNames: ['END_HEADERS'], length: 4, payload })
  const { source, ...rest } = frameWorld([headers], 160, 48).world
  const framed = {
    ...rest,
    source: { ...source, fieldBlock: (_: number, index: number) => readFieldBlock([headers], index) },
  }
  const screen: MessageScreen = { ...hello, connection: 3, log: 'frames' }
  const text = messageBody(screen, framed).map(plain).join('\n')
  assert.match(text, /▸ indexed, static 2 +1 B {4}:method: GET/)
  assert.match(text, /▾ Dynamic table after the block {2}1 entry, 43 of 4 096 octets; 1 added/)
  const cursor = shownMessage(screen, framed)!.lines.findIndex(({ name }) => name.startsWith('incremental'))
  const bytes = messageBody({ ...screen, cursor }, framed).flatMap(spans =>
    spans.filter(({ ground }) => ground === 'lit'),
  )
  assert.equal(bytes[0]!.text.trim(), '41 01 61')
})
