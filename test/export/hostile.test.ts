import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Exporter } from '../../src/export/exporter.ts'
import { exportKeys, loadExporter } from '../../src/export/exporters.ts'
import { redactedCapture } from '../../src/export/redact/redacted-capture.ts'
import { defaultRules, RedactionLog } from '../../src/export/redact/redaction.ts'
import type { StreamMessage } from '../../src/model/stream-message.ts'
import type { CaptureWriter } from '../../src/store/capture-writer.ts'
import { anyConnection, anyExchange, exchangeOf } from '../store/samples.ts'
import { hostile } from '../view/copy/make.ts'
import { sourceOf, withCapture, written } from './made-capture.ts'

const all = await Promise.all(exportKeys.map(loadExporter))

/** What moves a cursor, hides, reorders or is no Unicode: it stands in no text that leaves. */
const unsafe =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])/

function writeAll(fill: (writer: CaptureWriter) => void): void {
  withCapture(fill, inner => {
    for (const redacted of [false, true]) {
      const capture = redacted ? redactedCapture(inner, defaultRules, new RedactionLog()) : inner
      for (const exporter of all.filter(({ unredacted }) => !redacted || unredacted === undefined))
        judge(exporter, written(exporter, { ...sourceOf(capture), redacted }))
    }
  })
}

function judge({ key, text }: Exporter, file: string): void {
  if (!text) return
  const found = unsafe.exec(key === 'httpie' || key === 'curl' ? file : file.replaceAll('\t', ' '))
  assert.equal(found && JSON.stringify(file.slice(Math.max(0, found.index - 40), found.index + 20)), null, key)
  if (key === 'ndjson') for (const line of file.trimEnd().split('\n').filter(Boolean)) JSON.parse(line)
  if (key === 'har') JSON.parse(file)
}

const bytes = fc.uint8Array({ maxLength: 200 })

test('whatever was recorded, every format can be written, and none that is text does anything to a terminal', () => {
  fc.assert(
    fc.property(
      fc.array(anyConnection, { minLength: 3, maxLength: 3 }),
      fc.array(fc.tuple(anyExchange, bytes, bytes), { minLength: 1, maxLength: 4 }),
      (connections, exchanges) =>
        writeAll(writer => {
          for (const [i, connection] of connections.entries()) writer.connection({ ...connection, id: i + 1 })
          for (const [i, [exchange, asked, answered]] of exchanges.entries())
            writer.exchange({ ...exchange, id: i + 1 }, asked, answered)
        }),
    ),
    { numRuns: 60 },
  )
})

const evil = [
  ...hostile,
  '\u202e',
  '```\n</script><!--',
  '| a |\n---',
  '{{x}}',
  '"; DROP',
  '\r\n\r\nGET / HTTP/1.1',
  '\0',
].map(text => Buffer.from(text).toString('latin1'))

test('hostile strings stand nowhere where they count', () => {
  writeAll(writer => {
    for (const [i, text] of evil.entries()) {
      const id = i + 1
      const { request, response } = exchangeOf(id)
      const headers = [
        [`X-${text}`, text],
        ['Cookie', `${text}=${text}`],
        ['Content-Type', text],
      ] as const
      const head = {
        ...request.head,
        method: `P${text}`,
        target: text,
        path: `/${text}?${text}`,
        authority: text,
        headers,
      }
      writer.connection({
        ...{ id, openedAt: 1000, serverName: text, client: {}, target: { host: text, port: 443 } },
        problems: [{ code: text, blame: 'server', message: text, remedy: text }],
      })
      writer.exchange(
        {
          ...exchangeOf(id, { connection: id, upgraded: 'websocket' }),
          request: { ...request, head, bodyBytes: text.length },
          response: { ...response!, head: { ...response!.head, reason: text, headers }, trailers: [[text, text]] },
          acts: [{ by: text, did: text }],
          aborted: { at: 2000, by: 'server', why: text },
        },
        Buffer.from(text, 'latin1'),
        Buffer.from(text, 'latin1'),
      )
      const message: StreamMessage = {
        ...{
          seq: 0,
          direction: 'to-client',
          at: 1,
          endedAt: 1,
          opcode: 1,
          frames: 1,
          compressed: false,
          complete: true,
        },
        ...{ length: text.length, bytes: Buffer.from(text, 'latin1') },
      }
      writer.streamMessage(id, message)
    }
  })
})

test('a huge header, body and message are no trouble', () => {
  const huge = 'x"\\'.repeat(100_000)
  writeAll(writer => {
    writer.connection({ id: 1, openedAt: 1000, client: {}, problems: [] })
    const { request, ...rest } = exchangeOf(1)
    const head = { ...request.head, path: `/${huge}`, target: `/${huge}`, headers: [['X', huge]] as const }
    writer.exchange({ ...rest, request: { ...request, head, bodyBytes: huge.length } }, Buffer.from(huge))
  })
})
