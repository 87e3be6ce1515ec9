import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { exportKeys, loadExporter } from '../../../src/export/exporters.ts'
import { redactedCapture } from '../../../src/export/redact/redacted-capture.ts'
import { defaultRules, RedactionLog } from '../../../src/export/redact/redaction.ts'
import type { CaptureWriter } from '../../../src/store/capture-writer.ts'
import { FramePacker } from '../../../src/store/frame-page.ts'
import { connectionOf, exchangeOf } from '../../store/samples.ts'
import { sourceOf, withCapture, written } from '../made-capture.ts'

const secret = 'hunter2secretvalue'
const json = Buffer.from(`{"password":"${secret}","a":1}`)

/** A capture with a secret wherever one may stand. */
function plant(writer: CaptureWriter): void {
  const { request, response, ...rest } = exchangeOf(1, { path: `/p?access_token=${secret}` })
  const type = ['Content-Type', 'application/json'] as const
  const headers = [
    type,
    ['Cookie', `s=${secret}`],
    ['Authorization', `Basic ${secret}`],
    ['X-Api-Key', secret],
  ] as const
  const asked = {
    ...request,
    head: { ...request.head, method: 'POST', headers, raw: `GET ${secret}` },
    bodyBytes: json.length,
  }
  const coded = gzipSync(json)
  const set = [type, ['Content-Encoding', 'gzip'], ['Set-Cookie', `s=${secret}; Path=/`]] as const
  const answered = {
    ...response!,
    head: { ...response!.head, headers: set },
    bodyBytes: coded.length,
    trailers: [['X-Token', secret]] as const,
  }
  const server = { request: asked, informational: [], response: answered }
  writer.connection(
    connectionOf(1, {
      process: { pid: 1, name: 'curl', command: `curl -u me:${secret}` },
      problems: [{ code: 'x', blame: 'server', message: `at /?token=${secret}` }],
    }),
  )
  const acts = [{ by: `=> set-header "password": "${secret}"`, did: `went to /?token=${secret}` }]
  writer.exchange({ ...rest, request: asked, response: answered, server, acts, upgraded: 'websocket' }, json, coded)
  writer.body(1, 'server-response', 0, coded)
  writer.body(1, 'server-request', 0, json)
  writer.streamMessage(1, {
    ...{ seq: 0, direction: 'to-server', at: 1, endedAt: 1, opcode: 1, frames: 1, compressed: false, complete: true },
    ...{ length: json.length, bytes: json },
  })
  const packer = new FramePacker()
  packer.add('to-server', 1, { type: 1, flags: 4, stream: 1, length: 30 }, Buffer.from(secret), Buffer.from(secret))
  packer.add('to-server', 1, { type: 4, flags: 0, stream: 0, length: 0 }, Buffer.alloc(0))
  writer.frames(1, packer.take()!)
  writer.note(1, { marked: true, comment: `see ?token=${secret}` })
  writer.event(1, 'info', `said "password": "${secret}"`)
}

test('no format has a secret, wherever it stood', async () => {
  const all = await Promise.all(exportKeys.map(loadExporter))
  withCapture(plant, inner => {
    const log = new RedactionLog()
    const capture = redactedCapture(inner, defaultRules, log)
    for (const exporter of all.filter(({ unredacted }) => unredacted === undefined)) {
      const text = written(exporter, { ...sourceOf(capture), redacted: true })
      for (const form of [
        secret,
        Buffer.from(secret).toString('base64').slice(0, 20),
        Buffer.from(secret).toString('hex'),
      ])
        assert.ok(!text.includes(form), `${exporter.key} has ${form}`)
      assert.ok(text.length > 100)
    }
    const told = log.counts().map(({ what, where }) => `${what}, ${where}`)
    for (const each of ['cookie s, request header', 'authorization, request header', 'member password, response body'])
      assert.ok(told.includes(each), each)
  })
})

test('whatever is read of it is clean, and lengths are those of what is read', () => {
  withCapture(plant, inner => {
    const capture = redactedCapture(inner, defaultRules, new RedactionLog())
    const exchange = capture.exchange(1)!
    const read = [
      exchange,
      ...[capture.connection(1), capture.connections({ limit: 1 }), capture.flows({ limit: 1 }), capture.events()],
      ...[capture.frames(1, { limit: 9 }), capture.fieldFrames(1, 0), capture.streamMessages(1, { limit: 9 })],
      capture.paths('https://api.example.com', '/'),
    ]
    assert.ok(!JSON.stringify(read).includes(secret))
    assert.equal(capture.body(1, 'request', 0, 99).length, exchange.request.bodyBytes)
    assert.equal(capture.bodyLength(1, 'response'), exchange.response?.bodyBytes)
    assert.equal(Buffer.from(capture.body(1, 'request', 2, 8)).toString(), 'password')
    assert.equal(capture.frames(1, { limit: 9 }).length, 2)
    assert.equal(capture.connection(9), undefined)
    assert.equal(capture.exchange(9), undefined)
  })
})
