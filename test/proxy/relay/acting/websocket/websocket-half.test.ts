import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { constants, createDeflateRaw, createInflateRaw, type InflateRaw } from 'node:zlib'
import type { ActedEvent } from '../../../../../src/model/acted-event.ts'
import type { Direction } from '../../../../../src/model/party.ts'
import { WebSocketCore } from '../../../../../src/proxy/relay/acting/websocket/websocket-core.ts'
import type { WebSocketData } from '../../../../../src/rules/claims.ts'
import type { StreamVerdict } from '../../../../../src/rules/verdict.ts'
import { type WebSocketFrame, WebSocketFrameReader } from '../../../../../src/wire/websocket/frame-reader.ts'
import { type Deflate, readDeflate } from '../../../../../src/wire/websocket/permessage-deflate.ts'
import { writeFrame } from '../../../../../src/wire/websocket/write-frame.ts'
import { everySplit } from '../../../../wire/every-split.ts'

const acts = [{ by: 'a rule', did: 'something' }]
const pass: StreamVerdict = { type: 'pass', acts: [] }

function socket(act: (message: WebSocketData) => StreamVerdict | Promise<StreamVerdict>, deflate?: Deflate) {
  const got: Record<Direction, Buffer[]> = { 'to-server': [], 'to-client': [] }
  const events: ActedEvent[] = []
  const holds: boolean[] = []
  let own = ''
  const core = new WebSocketCore({ act }, deflate, {
    write: (direction, bytes) => void got[direction].push(Buffer.from(bytes)),
    hold: (_direction, held) => void holds.push(held),
    acted: event => void events.push(event),
    serverContent: (_direction, bytes) => {
      own += String(Buffer.from(bytes))
    },
  })
  return { core, events, holds, own: () => own, got: (direction: Direction) => Buffer.concat(got[direction]) }
}

const frame = (text: string | Uint8Array, more: Partial<WebSocketFrame> = {}): Uint8Array =>
  writeFrame({ fin: true, rsv: 0, opcode: 1, masked: false, ...more }, Buffer.from(text as string))

/** Frames as text: `fin opcode rsv masked payload`. */
function framesOf(bytes: Uint8Array): string[] {
  const frames: string[] = []
  const reader = new WebSocketFrameReader(
    {
      frame: ({ fin, opcode, rsv, masked }) => void frames.push(`${fin ? 'fin' : '...'} ${opcode} ${rsv} ${masked} `),
      payload: part => {
        frames[frames.length - 1] += Buffer.from(part).toString('latin1')
      },
      frameEnd: () => {},
      fault: fault => assert.fail(fault.code),
    },
    true,
  )
  reader.push(bytes)
  return frames
}

const talk = Buffer.concat([
  frame('one', { masked: true }),
  Uint8Array.of(0x81, 0xfe, 0, 2, 0, 0, 0, 0, 104, 105), // a length that could be shorter
  frame('be', { fin: false, masked: true }),
  frame('ping', { opcode: 9, masked: true }),
  frame('gun', { opcode: 0, masked: true }),
  frame('', { opcode: 8, masked: true }),
])

test('messages that pass are the very bytes, but for a ping that need not wait for the end of one', () => {
  const seen = everySplit(talk, () => {
    const { core, got } = socket(() => pass)
    return { push: bytes => core.push('to-server', bytes), answer: () => framesOf(got('to-server')) }
  })
  assert.deepEqual(seen, [
    'fin 1 0 true one',
    'fin 1 0 true hi',
    'fin 9 0 true ping',
    '... 1 0 true be',
    'fin 0 0 true gun',
    'fin 8 0 true ',
  ])
  const plain = Buffer.concat([
    frame('one'),
    frame('two', { fin: false }),
    frame('', { opcode: 0 }),
    frame('', { opcode: 8 }),
  ])
  const { core, got } = socket(() => pass)
  core.push('to-client', plain)
  assert.deepEqual(got('to-client'), plain)
})

test('a changed message keeps its kind, its frames and its mask, and the others their bytes', () => {
  const seen = everySplit(talk, () => {
    const { core, got } = socket(({ bytes }) =>
      String(Buffer.from(bytes)) === 'begun' ? { type: 'change', acts, bytes: Buffer.from('changed') } : pass,
    )
    return { push: bytes => core.push('to-server', bytes), answer: () => framesOf(got('to-server')) }
  })
  assert.deepEqual(seen.slice(2), ['fin 9 0 true ping', '... 1 0 true chan', 'fin 0 0 true ged', 'fin 8 0 true '])
})

test('verdicts that come later hold their direction, and nothing is reordered or lost', async () => {
  const answers: ((verdict: StreamVerdict) => void)[] = []
  const { core, got, holds } = socket(() => new Promise(resolve => answers.push(resolve)))
  core.push('to-server', talk)
  assert.deepEqual(holds, [true])
  answers[0]!({ type: 'drop', acts })
  await new Promise(setImmediate)
  answers[1]!(pass)
  await new Promise(setImmediate)
  answers[2]!(pass)
  await new Promise(setImmediate)
  assert.deepEqual(framesOf(got('to-server')), [
    'fin 1 0 true hi',
    'fin 9 0 true ping',
    '... 1 0 true be',
    'fin 0 0 true gun',
    'fin 8 0 true ',
  ])
  assert.equal(holds.at(-1), false)
})

test('what was changed or dropped is told, with what the server has in its place', () => {
  const { core, events, own } = socket(({ bytes, direction }) => {
    const text = String(Buffer.from(bytes))
    if (text === 'drop') return { type: 'drop', acts }
    return text === 'pass' ? pass : { type: 'change', acts, bytes: Buffer.from(`new ${direction}`) }
  })
  for (const text of ['pass', 'drop', 'a']) core.push('to-server', frame(text, { masked: true }))
  for (const text of ['drop', 'pass', 'b']) core.push('to-client', frame(text))
  const told = { type: 'stream-message', opcode: 1, acts } as const
  assert.deepEqual(events, [
    { ...told, direction: 'to-server', place: 1, how: 'dropped', length: 0 },
    { ...told, direction: 'to-server', place: 2, how: 'changed', length: 13 },
    { ...told, direction: 'to-client', place: 0, how: 'dropped', length: 4 },
    { ...told, direction: 'to-client', place: 1, how: 'changed', length: 1 },
  ])
  assert.equal(own(), 'new to-serverdropb')
})

/** What a receiver that keeps its context makes of these frames. */
async function received(bytes: Uint8Array, inflate: InflateRaw = createInflateRaw()): Promise<string[]> {
  const texts: string[] = []
  for (const line of framesOf(bytes)) {
    const [, , rsv] = line.split(' ')
    const payload = Buffer.from(line.split(' ').slice(4).join(' '), 'latin1')
    if (rsv === '0') texts.push(String(payload))
    else {
      const parts: Buffer[] = []
      inflate.on('data', (part: Buffer) => parts.push(part))
      inflate.write(Buffer.concat([payload, Buffer.from([0, 0, 255, 255])]))
      await new Promise<void>(resolve => inflate.flush(constants.Z_SYNC_FLUSH, () => resolve()))
      inflate.removeAllListeners('data')
      texts.push(String(Buffer.concat(parts)))
    }
  }
  return texts
}

async function compressed(texts: readonly string[]): Promise<Buffer> {
  const deflate = createDeflateRaw()
  const frames: Uint8Array[] = []
  for (const text of texts) {
    const parts: Buffer[] = []
    deflate.on('data', (part: Buffer) => parts.push(part))
    deflate.write(text)
    await new Promise<void>(resolve => deflate.flush(constants.Z_SYNC_FLUSH, () => resolve()))
    deflate.removeAllListeners('data')
    frames.push(frame(Buffer.concat(parts).subarray(0, -4), { rsv: 4 }))
  }
  return Buffer.concat(frames)
}

const texts = ['hello world', 'hello world', 'hello world!', 'hello world', 'bye world', 'hello world']

test('compressed messages pass as the very bytes until one is changed, and are understood after it', async () => {
  const sent = await compressed(texts)
  const untouched = socket(() => pass, readDeflate(['permessage-deflate']))
  untouched.core.push('to-client', sent)
  assert.deepEqual(untouched.got('to-client'), sent)
  for (const verdict of ['change', 'drop'] as const) {
    const { core, got } = socket(
      ({ bytes }) => {
        if (!String(Buffer.from(bytes)).endsWith('!')) return pass
        return verdict === 'drop' ? { type: 'drop', acts } : { type: 'change', acts, bytes: Buffer.from('HELLO') }
      },
      readDeflate(['permessage-deflate']),
    )
    core.push('to-client', sent)
    const expected = texts.flatMap(text => (text.endsWith('!') ? (verdict === 'drop' ? [] : ['HELLO']) : [text]))
    assert.deepEqual(await received(got('to-client')), expected)
  }
})

test('what is no WebSocket passes as it came, and so does half a frame at the end', () => {
  const bad = Buffer.concat([frame('one'), Buffer.from([0x81, 0x7f, 255, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3])])
  const rest = Buffer.from('anything')
  const { core, got } = socket(() => pass)
  core.push('to-client', bad)
  core.push('to-client', rest)
  assert.deepEqual(got('to-client'), Buffer.concat([bad, rest]))
  const half = Buffer.concat([frame('one'), frame('two').subarray(0, 3)])
  const cut = socket(() => pass)
  cut.core.push('to-client', half)
  cut.core.end('to-client')
  assert.deepEqual(cut.got('to-client'), half)
})

test('a message that is too large to be held passes while it comes', () => {
  const header = Uint8Array.of(0x81, 0x7f, 0, 0, 0, 0, 2, 0, 0, 0) // 32 MB
  const { core, got } = socket(() => ({ type: 'drop', acts }))
  core.push('to-client', header)
  core.push('to-client', Buffer.alloc(1000))
  assert.equal(got('to-client').length, header.length + 1000)
})

const noise = randomBytes(18 * 1024 * 1024).toString('base64')

for (const [what, large] of [
  ['as it comes', noise],
  ['when it is inflated', 'x'.repeat(20 * 1024 * 1024)],
] as const)
  for (const before of [true, false])
    test(`a message that is too large ${what} is read by its receiver, and so are those after it, which rules see${before ? '; one before it was changed' : ''}`, async () => {
      const sent = await compressed([
        'cat and dog',
        large,
        `cat and ${large.slice(-100)}`,
        large.slice(-200),
        'cat and dog',
      ])
      const first = before ? 'cat and dog' : ''
      const { core, got } = socket(
        ({ bytes }) => {
          const text = String(Buffer.from(bytes))
          const isWanted = text === first || (text.startsWith('cat and ') && text !== 'cat and dog')
          return isWanted ? { type: 'change', acts, bytes: Buffer.from('changed') } : pass
        },
        readDeflate(['permessage-deflate']),
      )
      const piece = 1024 * 1024
      for (let at = 0; at < sent.length; at += piece) core.push('to-client', sent.subarray(at, at + piece))
      const whole = await settledOf(() => messagesOf(got('to-client')), 5)
      const cat = before ? 'changed' : 'cat and dog'
      const texts = await received(got('to-client'))
      assert.equal(whole, 5)
      assert.ok(joined(texts) === [cat, large, 'changed', large.slice(-200), cat].join(''))
    })

const joined = (texts: readonly string[]): string => texts.join('')

/** Whole messages among these frames. */
const messagesOf = (bytes: Uint8Array): number => framesOf(bytes).filter(line => line.startsWith('fin')).length

async function settledOf(count: () => number, wanted: number): Promise<number> {
  for (let i = 0; i < 100 && count() < wanted; i++) await new Promise(resolve => setTimeout(resolve, 50))
  return count()
}

test('an uncompressed message that is too large leaves the context of the others as it is', async () => {
  const sent = await compressed(['hello world', 'hello world'])
  const first = sent.indexOf(sent.subarray(0, 1), 1)
  const [one, two] = [sent.subarray(0, first), sent.subarray(first)]
  const seen: string[] = []
  const { core } = socket(
    ({ bytes }) => {
      seen.push(String(Buffer.from(bytes)))
      return pass
    },
    readDeflate(['permessage-deflate']),
  )
  for (const part of [one, frame(new Uint8Array(17 * 1024 * 1024)), two]) core.push('to-client', part)
  assert.deepEqual(seen, ['hello world', 'hello world'])
})

test('messages are slowed down as they are told, in order, and late together', async () => {
  const { core, got } = socket(({ bytes }) =>
    bytes.length > 3
      ? { type: 'change', acts, bytes: Buffer.from('changed'), pace: { delay: 60 } }
      : { ...pass, pace: { delay: 60 } },
  )
  const began = performance.now()
  for (const text of ['one', 'three', 'two']) core.push('to-client', frame(text))
  assert.equal(got('to-client').length, 0)
  assert.equal(await settledOf(() => framesOf(got('to-client')).length, 3), 3)
  assert.deepEqual(
    framesOf(got('to-client')).map(line => line.split(' ')[4]),
    ['one', 'changed', 'two'],
  )
  const took = performance.now() - began
  assert.ok(took >= 55 && took < 175, `${took} ms`)
})

test('whoever closes waits for nothing', async () => {
  let answer: (verdict: StreamVerdict) => void = () => {}
  const { core, got } = socket(() => new Promise(resolve => (answer = resolve)))
  core.push('to-client', frame('one'))
  core.close()
  answer(pass)
  await new Promise(setImmediate)
  assert.equal(got('to-client').length, 0)
})
