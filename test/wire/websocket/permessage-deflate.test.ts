import assert from 'node:assert/strict'
import { test } from 'node:test'
import { constants, createDeflateRaw, type DeflateRaw } from 'node:zlib'
import { ContextInflater, deflateAlone, readDeflate } from '../../../src/wire/websocket/permessage-deflate.ts'

const whole = { noContextTakeover: false, windowBits: 15 }

/** A sender that keeps its context, as RFC 7692 7.2.1 has it. */
export async function compress(deflate: DeflateRaw, text: string): Promise<Buffer> {
  const parts: Buffer[] = []
  const keep = (part: Buffer): void => void parts.push(part)
  deflate.on('data', keep)
  deflate.write(text)
  await new Promise<void>(resolve => deflate.flush(constants.Z_SYNC_FLUSH, () => resolve()))
  deflate.off('data', keep)
  return Buffer.concat(parts).subarray(0, -4)
}

test('what was agreed on is read from the server’s answer', () => {
  assert.equal(readDeflate(['x-webkit-deflate-frame']), undefined)
  assert.deepEqual(readDeflate(['permessage-deflate']), { 'to-server': whole, 'to-client': whole })
  assert.deepEqual(
    readDeflate([
      'a, Permessage-Deflate; server_no_context_takeover ; client_max_window_bits="10"; server_max_window_bits=9',
    ]),
    {
      'to-server': { noContextTakeover: false, windowBits: 10 },
      'to-client': { noContextTakeover: true, windowBits: 9 },
    },
  )
  assert.deepEqual(readDeflate(['permessage-deflate; server_max_window_bits=99'])?.['to-client'], whole)
})

test('messages that refer to those before them are inflated in order', async () => {
  const deflate = createDeflateRaw()
  const inflater = new ContextInflater(whole, 1e6)
  for (const text of ['hello hello', 'hello hello', '', 'x'.repeat(70_000), 'hello hello'])
    assert.equal(String(Buffer.from(inflater.inflate(await compress(deflate, text))!)), text)
})

test('a message that cannot be inflated spoils those that may refer to it', async () => {
  const spoilt = new ContextInflater(whole, 100)
  assert.equal(spoilt.inflate(Uint8Array.of(6)), undefined)
  spoilt.goOn(undefined)
  assert.equal(spoilt.window, undefined)
  assert.equal(spoilt.inflate(deflateAlone(Buffer.from('a'), whole)!), undefined)
  spoilt.goOn(Buffer.from('known again'))
  assert.equal(String(Buffer.from(spoilt.inflate(deflateAlone(Buffer.from('a'), whole)!)!)), 'a')
  assert.equal(String(Buffer.from(spoilt.window!)), 'known againa')
  const alone = new ContextInflater({ ...whole, noContextTakeover: true }, 100)
  assert.equal(alone.inflate(deflateAlone(Buffer.alloc(200), whole)!), undefined)
  alone.goOn(undefined)
  assert.equal(String(Buffer.from(alone.inflate(deflateAlone(Buffer.from('a'), whole)!)!)), 'a')
})

test('a message deflated by itself keeps to the window, or is not deflated', () => {
  for (const windowBits of [9, 12, 15]) {
    const text = Buffer.from('some text and some more '.repeat(500))
    const half = { noContextTakeover: true, windowBits }
    assert.ok(Buffer.from(new ContextInflater(half, 1e6).inflate(deflateAlone(text, half)!)!).equals(text))
  }
  assert.equal(deflateAlone(Buffer.from('a'), { noContextTakeover: true, windowBits: 8 }), undefined)
  assert.deepEqual(deflateAlone(new Uint8Array(0), whole), Uint8Array.of(0))
})
