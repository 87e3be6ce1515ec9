import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerFaults, openingFault, payloadFault, settingFault } from '../../../src/observe/http2/frame-faults.ts'

const header = (type: number, stream: number, length: number) => ({ type, flags: 0, stream, length })
const codes = (...args: Parameters<typeof headerFaults>) => headerFaults(...args).map(({ code }) => code)

test('PRIORITY_UPDATE is the client’s, of the connection, and for a stream', () => {
  assert.deepEqual(codes('to-server', header(16, 0, 7)), [])
  assert.deepEqual(codes('to-server', header(16, 1, 7)), ['http2/frame-off-stream-0'])
  assert.deepEqual(codes('to-server', header(16, 0, 3)), ['http2/frame-size'])
  assert.deepEqual(codes('to-client', header(16, 0, 7)), ['http2/bad-priority-update'])
  assert.match(headerFaults('to-server', header(16, 1, 7))[0]!.detail!, /RFC 9218 7\.1/)
  const forStream = (stream: number) => payloadFault(header(16, 0, 4), Buffer.from([0, 0, 0, stream]))?.code
  assert.deepEqual([forStream(0), forStream(1)], ['http2/bad-priority-update', undefined])
})

test('frames stand where RFC 9113 has them, at its length; unknown ones anywhere', () => {
  assert.deepEqual(codes('to-client', header(4, 1, 0)), ['http2/frame-off-stream-0'])
  assert.deepEqual(codes('to-client', header(0, 0, 3)), ['http2/frame-on-stream-0'])
  assert.deepEqual(codes('to-client', header(8, 0, 3)), ['http2/frame-size'])
  assert.deepEqual(codes('to-client', header(8, 1, 4)), [])
  assert.deepEqual(codes('to-client', header(0xbb, 0, 3)), [])
})

test('a window must open, and only by 31 bits', () => {
  const update = (...bytes: number[]) => payloadFault(header(8, 1, bytes.length), Buffer.from(bytes))?.code
  assert.equal(update(0, 0, 0, 0), 'http2/bad-window-update')
  assert.equal(update(0x80, 0, 0, 0), 'http2/bad-window-update') // the first bit is reserved
  assert.equal(update(0, 0, 0, 1), undefined)
})

test('settings have their bounds, and ENABLE_PUSH is not the server’s to set', () => {
  const cases = [
    [2, 0, false, false],
    [2, 1, true, false],
    [2, 2, true, true],
    [4, 2 ** 31 - 1, false, false],
    [4, 2 ** 31, true, true],
    [5, 16_384, false, false],
    [5, 16_383, true, true],
    [5, 2 ** 24, true, true],
    [8, 2, true, true],
    [3, 0, false, false],
    [0xabcd, 9, false, false],
  ] as const
  for (const [id, value, server, client] of cases) {
    assert.equal(settingFault('to-client', id, value) !== undefined, server, `${id} = ${value} from a server`)
    assert.equal(settingFault('to-server', id, value) !== undefined, client, `${id} = ${value} from a client`)
  }
})

test('a side opens with SETTINGS', () => {
  assert.equal(openingFault('to-client', header(4, 0, 0)), undefined)
  assert.equal(openingFault('to-client', header(1, 1, 9))?.code, 'http2/bad-preface')
})
