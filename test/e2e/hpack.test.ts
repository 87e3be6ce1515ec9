/** Field blocks of a real client and a real server, line by line as tshark reads them from the very same bytes. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http2'
import { join } from 'node:path'
import type { FrameEntry } from '../../src/model/frame-entry.ts'
import type { Direction } from '../../src/model/party.ts'
import { observePlain } from '../../src/observe/plain-observer.ts'
import { FrameBook } from '../../src/recorder/frame-book.ts'
import { unpackFrames } from '../../src/store/frame-page.ts'
import { readFieldBlock } from '../../src/view/frames/field-block.ts'
import { hasFieldBlock } from '../../src/wire/http2/field-fragment.ts'
import type { Representation } from '../../src/wire/http2/hpack/representation.ts'
import { recordConversation } from '../observe/record-conversation.ts'
import type { Part } from '../observe/transcript.ts'
import { serverPort, writePcap } from './support/pcap.ts'
import { run, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const port = 40_000

/** nghttp asks a server of node:http2 for these paths, ten times each. */
function conversation(options: readonly string[]): Promise<Part[]> {
  const server = createServer((request, response) => {
    response.setHeader('x-path', request.url)
    response.setHeader('etag', `"${request.url.length * 7919}"`)
    response.end(request.url)
  })
  return recordConversation(server as never, async on => {
    const urls = ['/', '/index.html', '/v1/users?page=2'].map(path => `http://127.0.0.1:${on}${path}`)
    const { code, stderr } = await run('nghttp', ['-n', '-m', '10', '-H', 'x-token: secret', ...options, ...urls])
    assert.equal(code, 0, stderr)
  })
}

/** The log of its frames. */
function logOf(parts: readonly Part[]): FrameEntry[] {
  const book = new FrameBook()
  const sink = { open() {}, event() {}, protocol() {}, problem: (problem: unknown) => assert.fail(String(problem)) }
  const observer = observePlain({ scheme: 'http', authority: 'x' }, 'h2', sink, { onFrame: book.tap(1) })
  for (const [at, [direction, bytes]] of parts.entries()) observer.push(direction, at, bytes as Uint8Array)
  const log: FrameEntry[] = []
  book.write((_, page) => log.push(...unpackFrames(page)), true)
  return log
}

const representations = {
  indexed: 'Indexed Header Field',
  incremental: 'Literal Header Field with Incremental Indexing',
  'not-indexed': 'Literal Header Field without Indexing',
  'never-indexed': 'Literal Header Field never Indexed',
} as const

const lineText = (line: Representation): string[] => {
  if (line.kind === 'size-update') return []
  const name = line.kind === 'indexed' ? '' : line.index > 0 ? ' - Indexed Name' : ' - New Name'
  return [`${representations[line.kind]}${name} | ${line.field.join(': ')}`]
}

function ownLines(log: readonly FrameEntry[], direction: Direction): string[] {
  const frames = log.filter(each => each.direction === direction && hasFieldBlock(each.type))
  const ends = frames.filter(({ flagNames }) => flagNames.includes('END_HEADERS'))
  return ends.flatMap(({ index }) => {
    const block = readFieldBlock(frames, index)!
    assert.equal(block.problem, undefined)
    return block.lines.flatMap(lineText)
  })
}

async function linesOfTshark(folder: string, parts: readonly Part[], direction: Direction): Promise<string[]> {
  const sent = { 'to-server': 0, 'to-client': 0 }
  const chunks = parts.map(([to, bytes], at) => {
    const chunk = { at, offset: sent[to], bytes: bytes as Uint8Array }
    sent[to] += chunk.bytes.length
    return [to, chunk] as const
  })
  const of = (to: Direction) => chunks.filter(each => each[0] === to).map(each => each[1])
  const pcap = join(folder, 'h2.pcap')
  const tlsStartsAt = { toServer: 0, toClient: 0 }
  const both = { 'to-server': of('to-server'), 'to-client': of('to-client') }
  const capture = { chunks: both, headers: { 'to-server': [], 'to-client': [] }, tlsStartsAt, keyLog: [] }
  writeFileSync(pcap, writePcap([{ port, capture: capture as never }]))
  const filter = direction === 'to-server' ? `tcp.dstport==${serverPort}` : `tcp.srcport==${serverPort}`
  const names = ['repr', 'name', 'value']
  const { code, stdout, stderr } = await run(
    'tshark',
    [
      ...['-n', '-r', pcap, '-d', `tcp.port==${serverPort},http2`, '-Y', filter, '-T', 'fields'],
      ...['-E', 'separator=/t', '-E', 'occurrence=a', '-E', 'aggregator=\x1f'],
      ...names.flatMap(name => ['-e', name === 'repr' ? 'http2.header.repr' : `http2.header.${name}`]),
    ],
    { timeout: 60_000 },
  )
  assert.equal(code, 0, stderr)
  return stdout.split('\n').flatMap(packet => {
    const [kinds = [], fields = [], values = []] = packet.split('\t').map(column => column.split('\x1f'))
    return kinds[0] ? kinds.map((kind, i) => `${kind} | ${fields[i]}: ${values[i]}`) : []
  })
}

// tshark stops at a server whose table shrinks; test/wire/http2/hpack/nghttp2.test.ts has that.
for (const [title, options] of [
  ['nghttp as it is', []],
  [
    'padding, a small table one way and a large one the other',
    ['-b', '40', '-c', '65536', '--encoder-header-table-size=300'],
  ],
  ['header blocks in CONTINUATION frames', ['--continuation']],
] as const)
  e2e(
    `${title}: tshark reads the same field lines, in the same representations`,
    { needs: ['nghttp', 'tshark'] },
    async t => {
      const parts = await conversation(options)
      const log = logOf(parts)
      const folder = temporaryFolder(t)
      for (const direction of ['to-server', 'to-client'] as const) {
        const own = ownLines(log, direction)
        assert.ok(own.length > 100, `${own.length} lines`)
        assert.deepEqual(own, await linesOfTshark(folder, parts, direction))
      }
    },
  )
