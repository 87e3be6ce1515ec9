import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { LaneContentOrWhy } from '../../../src/export/pcapng/content/lane-content.ts'
import { Recorder } from '../../../src/recorder/recorder.ts'
import { type Capture, openCapture } from '../../../src/store/capture.ts'
import { openCaptureWriter } from '../../../src/store/writer.ts'
import type { TapeListener } from '../../../src/tape/recording.ts'

export const local = { address: '127.0.0.1', port: 8080 }
export const remote = { address: '127.0.0.1', port: 50_000 }
export const origin = { address: '10.0.0.9', port: 443 }

/** A capture of what is said to the recorder's door. */
export function recorded(t: TestContext, say: (recording: TapeListener) => void): Capture {
  const folder = mkdtempSync(join(tmpdir(), 'parley-pcapng-'))
  const writer = openCaptureWriter(join(folder, 'capture.parley'))
  const recorder = new Recorder(writer, { body: 1_000_000, behind: 10 })
  say(recorder.recording)
  recorder.flush(true)
  writer.close()
  const capture = openCapture(join(folder, 'capture.parley'))
  t.after(() => {
    capture.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return capture
}

/** Connection 1, in a tunnel to a.example, both legs open. */
export function tunnel(recording: TapeListener): void {
  const event: (...of: [number, Parameters<TapeListener['event']>[2]]) => void = (at, what) =>
    recording.event(1, at, what)
  event(1000, { type: 'opened', at: 1000, local, remote })
  event(1001, { type: 'targeted', entrance: 'connect', target: { host: 'a.example', port: 443 } })
  event(1002, { type: 'treated', treatment: 'observe' })
  event(1003, {
    type: 'looked-up',
    name: 'a.example',
    addresses: [origin.address],
    startedAt: 1002,
    endedAt: 1003,
    literal: false,
  })
  event(1004, { type: 'dialled', at: 1004, remote: origin })
  event(1005, { type: 'connected', at: 1005, local: { address: '10.0.0.1', port: 6000 }, remote: origin })
}

/** All bytes of a lane's content, or why there are none; each message has so many bytes of framing. */
export function wholeContent(content: LaneContentOrWhy, framing: readonly number[] = []): string {
  if (typeof content === 'string') return content
  const parts = content.messages.flatMap((message, i) => [...message.parts(framing[i] ?? 0)])
  return Buffer.concat(parts.map(part => part.read(0, part.length))).toString('latin1')
}
