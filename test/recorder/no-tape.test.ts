import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Recorder } from '../../src/recorder/recorder.ts'
import { openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { inFolder } from '../store/samples.ts'
import { toClient, toServer } from '../tape/lanes.ts'

const endpoint = { address: '127.0.0.1', port: 1 }
const request = 'POST /x HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nhello'
const answer = (body: string): string => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`

test('an exchange is recorded without a tape, from bytes that are used again', () => {
  inFolder(folder => {
    const path = join(folder, 'capture.parley')
    const writer = openCaptureWriter(path)
    const recorder = new Recorder(writer, { body: 100, behind: 0 })
    const { recording } = recorder
    const say = (text: string, to: (bytes: Uint8Array) => void): void => {
      const bytes = Buffer.from(text)
      to(bytes)
      bytes.fill(0xee)
    }
    recording.event(1, 1, { type: 'opened', at: 1, local: endpoint, remote: endpoint })
    say('client hello', bytes => recording.wire(toServer, 2, 0, bytes))
    say('LABEL 00 ff\n', bytes => recording.keyLog(1, 'client', 2, bytes))
    say(request, bytes => recording.content(toServer, 3, bytes))
    say(answer('wor'), bytes => recording.content({ ...toClient, leg: 'upstream' }, 4, bytes))
    say(answer('world'), bytes => recording.content(toClient, 5, bytes))
    recording.contentEnd(toClient, 6)
    recording.event(1, 7, { type: 'closed', at: 7 })
    assert.deepEqual(recorder.flush(), { flows: [1], connections: [1] })
    writer.close()
    const capture = openCapture(path)
    try {
      const { request: asked, response } = capture.exchange(1)!
      assert.deepEqual([asked.bodyBytes, response?.head.status, response?.bodyBytes, response?.endedAt], [5, 200, 5, 5])
      assert.equal(Buffer.from(capture.body(1, 'response', 0, 10)).toString(), 'world')
      const { chunks, keyLog } = capture.legCapture(1, 'client')!
      assert.equal(Buffer.concat(chunks['to-server'].map(({ bytes }) => bytes)).toString(), 'client hello')
      assert.deepEqual(keyLog, ['LABEL 00 ff'])
    } finally {
      capture.close()
    }
  })
})
