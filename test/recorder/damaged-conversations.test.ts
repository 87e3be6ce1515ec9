/** Damaged conversations from the tape to the lines that a person reads: nothing on the way may throw or let a control character through. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { printFlows } from '../../src/cli/print-flows.ts'
import type { Exchange } from '../../src/model/exchange.ts'
import { Recorder } from '../../src/recorder/recorder.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { SlabWriter } from '../../src/tape/slab-writer.ts'
import { openBody, showBody } from '../../src/view/body/choose.ts'
import { facetsOf } from '../../src/view/body/facets.ts'
import { copyFormats } from '../../src/view/copy/formats.ts'
import { FlowWindows } from '../../src/view/frames/flow-windows.ts'
import { frameDetail, frameRows, frameText } from '../../src/view/frames/frames.ts'
import { deflateParameters, MessageInflater } from '../../src/view/frames/websocket-inflate.ts'
import { webSocketLines } from '../../src/view/frames/websocket-lines.ts'
import { flowTiming } from '../../src/view/timing/timing.ts'
import { timingLines } from '../../src/view/timing/waterfall.ts'
import { conversations } from '../observe/conversations.ts'
import { accidents, damaged } from '../observe/damage.ts'
import type { Part } from '../observe/transcript.ts'
import { inFolder } from '../store/samples.ts'

const seed = 20_261_121
const endpoint = { address: '127.0.0.1', port: 1 }

function record(
  path: string,
  runs: readonly { readonly parts: readonly Part[]; readonly alpn: string | undefined }[],
): void {
  const writer = openCaptureWriter(path)
  const recorder = new Recorder(writer, { body: 1000, behind: 1e9 })
  const tape = new SlabWriter(slab => recorder.read(slab), { slabBytes: 700 })
  runs.forEach(({ parts, alpn }, index) => {
    const id = index + 1
    const agreed = { version: 'TLSv1.3', cipherSuite: '', resumed: false, ...(alpn ? { alpn } : {}) }
    tape.event(id, id, { type: 'opened', at: id, local: endpoint, remote: endpoint })
    tape.event(id, id, { type: 'secured', leg: 'client', at: id, agreed })
    for (const [direction, what] of parts) {
      const lane = { connection: id, leg: 'client', direction } as const
      if (what === 'FIN') tape.contentEnd(lane, id + 1)
      else if (typeof what !== 'number') tape.content(lane, id + 1, Buffer.from(what as string, 'latin1'))
    }
    tape.event(id, id + 2, { type: 'closed', at: id + 2 })
    tape.flush()
    recorder.flush()
  })
  recorder.flush(true)
  writer.close()
}

const control = /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/

const shown = (lines: readonly string[]): void => {
  for (const line of lines) assert.doesNotMatch(line, control, JSON.stringify(line))
}

function look(capture: Capture, connections: number): void {
  const lines: string[] = []
  printFlows(capture, line => lines.push(line))
  shown(lines)
  for (let id = 1; id <= connections; id++) {
    const connection = capture.connection(id)
    assert.ok(connection?.closed)
    const frames = capture.frames(id, { limit: 1000 })
    shown(frameRows(frames).map(frameText))
    const windows = new FlowWindows()
    for (const frame of frames) {
      windows.push(frame)
      for (const { name, shown: value } of frameDetail(frame)) shown([name, value])
    }
    for (const flow of capture.exchangesOf(id)) lookAt(capture, flow)
  }
}

function lookAt(capture: Capture, id: number): void {
  const exchange = capture.exchange(id)!
  assert.ok(over(exchange), JSON.stringify(exchange))
  shown(
    timingLines(flowTiming(exchange, capture.connection(exchange.connection), { first: true }), 80).map(
      ({ label }) => label,
    ),
  )
  for (const side of ['request', 'response'] as const) {
    const message = exchange[side]
    if (!message) continue
    const body = capture.body(id, side, 0, 100_000)
    const kept = capture.bodyLength(id, side)
    assert.ok(kept <= message.bodyBytes && body.length <= 1000)
    assert.equal(message.bodyBytes - message.bodyDropped >= body.length, true)
    const view = showBody(openBody(body, message.head.headers, message.bodyBytes))
    shown(view.lines.map(({ text }) => text))
    for (const facet of facetsOf(exchange, side)) shown(facet.lines.map(({ text }) => text))
    for (const format of copyFormats)
      assert.equal(typeof format.copy(exchange, capture.body(id, format.side, 0, 1000)), 'string')
  }
  const inflater = new MessageInflater(deflateParameters(exchange.response?.head.headers ?? []))
  const messages = capture.streamMessages(id, { limit: 100 }).map(each => inflater.push(each))
  shown(webSocketLines(messages, { since: 0, maxLines: 1000 }).map(({ text }) => text))
}

const over = ({ aborted, request, response }: Exchange): boolean =>
  aborted !== undefined || (request.endedAt !== undefined && response?.endedAt !== undefined)

for (const [what, { parts, alpn }] of Object.entries(conversations))
  test(`${what}, damaged, are recorded and can be read`, () => {
    fc.assert(
      fc.property(fc.array(accidents, { minLength: 1, maxLength: 30, size: 'max' }), each =>
        inFolder(folder => {
          const path = join(folder, 'a.parley')
          const runs = each.map(({ damages, fins }) => ({
            alpn,
            parts: [...damages.reduce(damaged, [...parts]), ...fins.map((direction): Part => [direction, 'FIN'])],
          }))
          record(path, runs)
          const capture = openCapture(path)
          try {
            look(capture, runs.length)
          } finally {
            capture.close()
          }
        }),
      ),
      { numRuns: 8, seed },
    )
  })
