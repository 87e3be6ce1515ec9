import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Recorder } from '../../src/recorder/recorder.ts'
import { openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { inFolder } from '../store/samples.ts'

const head = {
  method: 'GET',
  target: '/ws',
  scheme: 'http',
  authority: 'a.example',
  path: '/ws',
  version: 'HTTP/1.1',
  headers: [],
}

test('an exchange that somebody else has read is recorded by what happened on it', () => {
  inFolder(folder => {
    const path = join(folder, 'capture.parley')
    const writer = openCaptureWriter(path)
    const recorder = new Recorder(writer, { body: 100, behind: 0 })
    assert.equal(recorder.exchange(1, 1, head), undefined) // no such connection
    recorder.recording.event(1, 1, { type: 'opened', at: 1, sniffed: true })
    const exchange = recorder.exchange(1, 2, head)!
    exchange.event({ type: 'ended', side: 'request', at: 3 })
    exchange.event({
      type: 'response-head',
      at: 4,
      head: { status: 101, reason: '', version: 'HTTP/1.1', headers: [] },
    })
    exchange.event({ type: 'body', side: 'response', at: 5, bytes: Buffer.from('body') })
    exchange.event({ type: 'upgraded', protocol: 'websocket' })
    exchange.message({
      direction: 'to-server',
      at: 6,
      opcode: 1,
      fin: true,
      bytes: Buffer.from('hi'),
      length: 2,
      compressed: false,
    })
    exchange.event({ type: 'ended', side: 'response', at: 7 })
    exchange.end()
    recorder.recording.event(1, 8, { type: 'closed', at: 8 })
    assert.deepEqual(recorder.flush(true), { flows: [1], connections: [1] })
    writer.close()
    const capture = openCapture(path)
    try {
      const told = capture.exchange(1)!
      assert.deepEqual([told.upgraded, told.response?.bodyBytes, told.response?.endedAt], ['websocket', 4, 7])
      assert.equal(Buffer.from(capture.body(1, 'response', 0, 10)).toString(), 'body')
      assert.equal(capture.streamMessageCount(1), 1)
    } finally {
      capture.close()
    }
  })
})
