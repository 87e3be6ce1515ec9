import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Exchange, Header } from '../../src/model/exchange.ts'
import type { StreamMessage } from '../../src/model/stream-message.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { ownFolder } from '../cli/recorded-run.ts'
import { runCli } from '../cli/run-cli.ts'
import { connectionOf, exchangeOf } from '../store/samples.ts'

interface Made {
  readonly asked?: Uint8Array
  readonly answered?: Uint8Array
  readonly requestHeaders?: readonly Header[]
  readonly responseHeaders?: readonly Header[]
  readonly more?: (exchange: Exchange) => Exchange
  readonly messages?: readonly StreamMessage[]
}

const type = (value: string): Header => ['Content-Type', value]
const host: Header = ['Host', 'api.example.com']
const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte)

const message = (seq: number, opcode: number, bytes: Uint8Array): StreamMessage => ({
  ...{ seq, direction: seq % 2 ? 'to-client' : 'to-server', at: 1025, endedAt: 1025, opcode, frames: 1 },
  ...{ compressed: false, complete: true, length: bytes.length, bytes },
})

const all: readonly Made[] = [
  {},
  {
    asked: Buffer.from('a=1&b=%20'),
    requestHeaders: [host, type('application/x-www-form-urlencoded'), ['X-A', '1'], ['X-A', '2']],
  },
  {
    asked: everyByte,
    answered: everyByte,
    responseHeaders: [type('application/octet-stream'), ['Set-Cookie', 'a=1; Path=/'], ['Set-Cookie', 'b=2']],
  },
  { answered: Buffer.from('{"ä":"\u202e😀"}'), responseHeaders: [type('application/json')] },
  { answered: Buffer.from('K\xf6ln', 'latin1'), responseHeaders: [type('text/plain; charset=iso-8859-1')] },
  { answered: Buffer.from('\ufeffhi', 'utf16le'), responseHeaders: [type('text/plain; charset=utf-16le')] },
  { answered: Buffer.from('K\xf6ln', 'latin1'), responseHeaders: [type('text/plain')] },
  { answered: Buffer.from('<meta charset=koi8-r>\xf0', 'latin1'), responseHeaders: [type('text/html')] },
  { answered: gzipSync('coded '.repeat(100)), responseHeaders: [type('text/plain'), ['Content-Encoding', 'gzip']] },
  {
    requestHeaders: [host, ['X-Bytes', 'K\xf6ln \xe2\x82\xac'], ['x-Case', '']],
    more: ({ response, ...rest }) => ({
      ...rest,
      informational: [{ status: 103, reason: 'Early Hints', version: 'HTTP/1.1', headers: [['Link', '</x>']] }],
      response: { ...response!, trailers: [['X-Sum', 'a']] },
    }),
  },
  {
    more: exchange => ({ ...exchange, upgraded: 'websocket' }),
    messages: [message(0, 1, Buffer.from('hä')), message(1, 2, everyByte), message(2, 1, Uint8Array.of(0xff))],
  },
  { more: ({ response: _, ...rest }) => ({ ...rest, aborted: { at: 1015, by: 'server', why: 'the server closed' } }) },
]

function exchangeFor(made: Made, id: number): Exchange {
  const { asked, answered, requestHeaders = [host], responseHeaders = [], more = each => each } = made
  const { request, response, ...rest } = exchangeOf(id, { path: `/p/${id}?q=%41&r=[x]` })
  const method = asked ? 'POST' : 'GET'
  return more({
    ...rest,
    request: { ...request, head: { ...request.head, method, headers: requestHeaders }, bodyBytes: asked?.length ?? 0 },
    response: { ...response!, head: { ...response!.head, headers: responseHeaders }, bodyBytes: answered?.length ?? 0 },
  })
}

// biome-ignore lint/suspicious/noExplicitAny: it is read as another program would read it
type Json = any

/** What an exchange is, without when it was and what only Parley between two legs can know. */
const essence = ({ request, response, informational, messages, aborted }: Json): Json => ({
  request: plain(request),
  response: response && plain(response),
  informational,
  messages: messages?.map(({ direction, opcode, body }: Json) => ({
    direction,
    opcode,
    text: body?.text,
    base64: body?.base64,
  })),
  aborted: aborted?.why,
})

function plain({ time: _, ended: __, body, ...same }: Json): Json {
  return { ...same, ...(body && { body: { text: body.text, base64: body.base64, decodedFrom: body.decodedFrom } }) }
}

test('what goes out as HAR and is opened again is the same', async () => {
  const folder = ownFolder()
  const [capture, har] = [join(folder, 'a.parley'), join(folder, 'a.har')]
  const writer = openCaptureWriter(capture)
  writer.connection(connectionOf(1, { target: { host: 'api.example.com', port: 443 }, closed: { at: 2000 } }))
  for (const [i, made] of all.entries()) {
    writer.exchange(exchangeFor(made, i + 1), made.asked, made.answered)
    for (const each of made.messages ?? []) writer.streamMessage(i + 1, each)
  }
  writer.close()
  assert.equal((await runCli(folder, 'export', capture, '--as', 'har', '-o', har)).code, 0)
  const shown = async (file: string): Promise<Json> => {
    const { stdout } = await runCli(folder, 'show', file, '--json', '--all')
    return stdout
      .trim()
      .split('\n')
      .flatMap(line => JSON.parse(line).exchanges.map(essence))
  }
  const [before, after] = [await shown(capture), await shown(har)]
  assert.equal(after.length, all.length)
  for (const [i, exchange] of before.entries()) assert.deepEqual(after[i], exchange, `exchange ${i + 1}`)
})
