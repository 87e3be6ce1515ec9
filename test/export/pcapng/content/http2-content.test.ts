import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { http2Content } from '../../../../src/export/pcapng/content/http2-content.ts'
import { toClient, toServer } from '../../../tape/lanes.ts'
import { block, frameBytes, preface } from '../../../wire/http2/frame-bytes.ts'
import { recorded, tunnel, wholeContent } from '../recorded.ts'

const endStream = 1
const endHeaders = 4
const padded = 8

function madeAgain(t: TestContext, asked: readonly Uint8Array[], answered: readonly Uint8Array[]) {
  const capture = recorded(t, recording => {
    tunnel(recording)
    recording.event(1, 1006, { type: 'protocol-known', protocol: 'h2' })
    recording.content(toServer, 1010, Buffer.concat(asked))
    recording.content(toClient, 1020, Buffer.concat(answered))
    recording.event(1, 1040, { type: 'closed', at: 1040 })
  })
  const exchanges = capture.exchangesOf(1).map(id => capture.exchange(id)!)
  const content = (direction: 'to-server' | 'to-client') => http2Content(capture, 1, exchanges, direction)
  return { toServer: content('to-server'), toClient: content('to-client') }
}

const ask = block([':method', 'POST'], [':scheme', 'https'], [':authority', 'a.example'], [':path', '/x'])
const say = block([':status', '200'])
const latin1 = (frames: readonly Uint8Array[]): string => Buffer.concat(frames).toString('latin1')

test('frames of several streams come again byte for byte', t => {
  const asked = [
    preface,
    frameBytes(4, 0, 0, Buffer.from('000300000064', 'hex')),
    frameBytes(1, endHeaders, 1, ask),
    frameBytes(1, endHeaders, 3, ask),
    frameBytes(0, 0, 1, Buffer.from('one')),
    frameBytes(0, endStream, 3, Buffer.from('three')),
    frameBytes(0, endStream, 1, Buffer.from('uno')),
  ]
  const answered = [
    frameBytes(4, 0, 0),
    frameBytes(4, 1, 0),
    frameBytes(1, endHeaders, 3, say),
    frameBytes(0, endStream, 3, Buffer.alloc(20_000, 'drei')),
    frameBytes(1, endHeaders | endStream, 1, say),
    frameBytes(7, 0, 0, Buffer.alloc(8)),
  ]
  const made = madeAgain(t, asked, answered)
  assert.equal(wholeContent(made.toServer), latin1(asked))
  assert.equal(wholeContent(made.toClient), latin1(answered))
})

test('padding is shared out anew among the frames that have it, and the length stays', t => {
  const pad = (text: string, length: number): Buffer =>
    Buffer.concat([Buffer.of(length), Buffer.from(text), Buffer.alloc(length)])
  const asked = [
    preface,
    frameBytes(1, endHeaders, 1, ask),
    frameBytes(0, padded, 1, pad('hello', 3)),
    frameBytes(0, padded | endStream, 1, pad('you', 9)),
  ]
  const { toServer: made } = madeAgain(t, asked, [frameBytes(1, endHeaders | endStream, 1, say)])
  const text = wholeContent(made)
  assert.equal(text.length, latin1(asked).length)
  assert.ok(typeof made !== 'string')
  assert.equal(made.messages[0]?.length, text.length)
  const [first, second] = [text.indexOf('\x00\x00\x09\x00\x08'), text.lastIndexOf('\x00\x00\x0d\x00\x09')]
  const dataOf = (at: number, length: number): string => text.slice(at + 10, at + 9 + length - text.charCodeAt(at + 9))
  assert.equal(dataOf(first, 9) + dataOf(second, 13), 'helloyou')
})

test('a stream that became something else is not made again', t => {
  const { toServer: made } = madeAgain(t, [preface, frameBytes(0, 0, 5, Buffer.from('stray'))], [frameBytes(4, 0, 0)])
  assert.match(made as string, /what DATA frames of stream 5 carried is not known/)
})
