import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { type ExportKey, loadExporter } from '../../src/export/exporters.ts'
import type { Exchange, Header } from '../../src/model/exchange.ts'
import { sourceOf, withCapture } from '../export/made-capture.ts'
import { lacking } from '../lacking.ts'
import { connectionOf, exchangeOf } from '../store/samples.ts'

interface Got {
  readonly method: string
  readonly url: string
  readonly headers: readonly string[]
  readonly body: string
}

/** What clients write by themselves, and what tells where something goes. */
const ofClients = /^(host|connection|content-length|transfer-encoding|sec-fetch-mode)$/i

/** An origin that keeps what it got, while the work lasts. */
async function withEcho<T>(work: (port: number, got: readonly Got[]) => Promise<T>): Promise<T> {
  const got: Got[] = []
  const server = createServer({ insecureHTTPParser: true }, (request, response) => {
    const parts: Buffer[] = []
    request.on('data', part => parts.push(part))
    request.on('end', () => {
      const { method = '', url = '', rawHeaders } = request
      const headers = rawHeaders.flatMap((name, i) =>
        i % 2 === 0 && !ofClients.test(name) ? [`${name.toLowerCase()}: ${rawHeaders[i + 1]}`] : [],
      )
      got.push({ method, url, headers: headers.sort(), body: Buffer.concat(parts).toString('latin1') })
      response.setHeader('connection', 'close').end('ok')
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  try {
    return await work((server.address() as AddressInfo).port, got)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

interface Asked {
  readonly method: string
  readonly path: string
  readonly headers?: readonly Header[]
  readonly body?: string
}

const usual: readonly Header[] = [
  ['User-Agent', 'made/1.0 (X; "quoted")'],
  ['Accept', '*/*'],
  ['Accept-Encoding', 'gzip, br'],
  ['Accept-Language', 'de'],
]

const everyByte = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join('')

const asked: readonly Asked[] = [
  { method: 'GET', path: '/plain?a=1&b=%41&c=x%20y+z' },
  {
    method: 'GET',
    path: "/q'u;o(t)e$HOME!*,:@=~?x='$(id)';&y=!!",
    headers: [['X-Shell', '$(id) `id` "$HOME" \'x\' \\n !! %PATH% {{a}}']],
  },
  {
    method: 'POST',
    path: '/form',
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    body: 'a=1&b=%20',
  },
  {
    method: 'PUT',
    path: '/text',
    headers: [['Content-Type', 'text/plain']],
    body: 'it\'s "quoted" \\ $HOME `id` !! %s {{x}}\n\tline @file\n',
  },
  {
    method: 'PATCH',
    path: '/utf8',
    headers: [['Content-Type', 'application/json; charset=utf-8']],
    body: latin1('{"ä":"\u202e😀"}'),
  },
  { method: 'POST', path: '/bytes', headers: [['Content-Type', 'application/octet-stream']], body: everyByte },
  {
    method: 'DELETE',
    path: '/gone',
    headers: [
      ['X-Empty', ''],
      ['Cookie', 'a=1; b="2"'],
    ],
  },
  { method: 'POST', path: '/long', headers: [['Content-Type', 'text/plain']], body: 'x\\u0041"'.repeat(8000) },
]

function latin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}

function exchangeFor({ method, path, headers = [], body = '' }: Asked, id: number, port: number): Exchange {
  const { request, ...rest } = exchangeOf(id)
  const authority = `127.0.0.1:${port}`
  const length: readonly Header[] = body === '' ? [] : [['Content-Length', String(body.length)]]
  const all: readonly Header[] = [['Host', authority], ...usual, ...headers, ...length]
  const head = { ...request.head, method, target: path, path, scheme: 'http', authority, headers: all }
  return { ...rest, request: { ...request, head, bodyBytes: body.length } }
}

const expected = ({ method, path, headers = [], body = '' }: Asked): Got => ({
  ...{ method, url: path, body },
  headers: [...usual, ...headers].map(([name, value]) => `${name.toLowerCase()}: ${value}`).sort(),
})

type Run = (file: string, folder: string, port: number) => Promise<void>

const program =
  (command: string, ...args: readonly string[]): Run =>
  (file, folder) =>
    new Promise((resolve, reject) => {
      const env = { PATH: process.env.PATH, HOME: folder, GOCACHE: join(folder, 'go'), LC_ALL: 'C.UTF-8' }
      execFile(command, [...args, file], { cwd: folder, env, timeout: 60_000 }, (error, _, stderr) =>
        error ? reject(new Error(`${command}: ${stderr || error.message}`)) : resolve(),
      )
    })

/** Exports the requests, has the program send what was written, and compares what arrives. */
const sentBy = (
  key: ExportKey,
  name: string,
  run: Run,
  requests: readonly Asked[] = asked,
  url = (text: string): string => text,
): Promise<void> =>
  withEcho(async (port, got) => {
    const exporter = await loadExporter(key)
    await withCapture(
      writer => {
        writer.connection(connectionOf(1))
        for (const [i, each] of requests.entries())
          writer.exchange(exchangeFor(each, i + 1, port), Buffer.from(each.body ?? '', 'latin1'))
      },
      async (capture, folder) => {
        const file = join(folder, name)
        const pieces = [...exporter.pieces(sourceOf(capture))]
        writeFileSync(file, Buffer.concat(pieces.map(piece => Buffer.from(piece))))
        await run(file, folder, port)
      },
    )
    const alike = (each: Got): Got => ({ ...each, url: url(each.url) })
    assert.deepEqual(got.map(alike), requests.map(expected).map(alike))
  })

/** Headers whose bytes are no ASCII, for programs that can send them. */
const withBytes: readonly Asked[] = [
  ...asked,
  { method: 'GET', path: '/latin', headers: [['X-Bytes', 'K\xf6ln \xc3\xa4']] },
]
/** What HTTPie would change by itself: dots in paths, a type that nobody named; what it reads in a header. */
const forHttpie: readonly Asked[] = [
  { method: 'GET', path: '/a/../b/./c', headers: [['X-Utf8', latin1('ä')]] },
  { method: 'POST', path: '/typeless', body: 'a' },
  {
    method: 'GET',
    path: '/items',
    headers: [
      ['X-A', '@a'],
      ['X-B', '=b'],
      ['X-C', 'C:\\a==b'],
      ['X-D', ':=1;'],
    ],
  },
]

/** What a .http file leaves out by name: values with variables. */
const withoutVariables = asked.map(each => ({
  ...each,
  headers: (each.headers ?? []).filter(([, value]) => !value.includes('{{')),
}))

/** Bodies that REST clients would read as more than text. A form that goes by a file is none, as httpyac drops it. */
const likeSyntax: readonly Asked[] = [
  ...[
    '#include <a>\nb',
    'a\n  // b',
    '@a=b',
    'a\nGET /other',
    '< ./no.bin',
    '<a>\n  <b/>\n</a>',
    'a\nb ===\nc',
    'a <--->',
    '\\{\\{a\\}\\}',
  ],
  ...['a\n?? status == 201', '{\n  "a": "b // c",\n\n  "d": 1\n}'],
].map(body => ({ method: 'POST', path: '/syntax', headers: [['Content-Type', 'text/plain']], body }))

/** URLs are parsed and written again by fetch and httpyac (%27), by requests and HTTPie (%41), which means the same. */
const unquoted = (url: string): string => url.replaceAll('%27', "'").replaceAll('%41', 'A')

test('curl sends the same requests again', { skip: lacking('bash', 'curl') }, () =>
  sentBy('curl', 'all.sh', program('bash'), withBytes),
)

test('HTTPie sends the same requests again', { skip: lacking('bash', 'http') }, () =>
  sentBy('httpie', 'all.sh', program('bash'), [...asked, ...forHttpie], unquoted),
)

test('fetch sends the same requests again', () =>
  sentBy('fetch', 'all.mjs', program(process.execPath), withBytes, unquoted))

test('Python sends the same requests again', { skip: lacking('python3') }, async context => {
  const has = await program('python3', '-c')('import requests', '/tmp', 0).then(
    () => true,
    () => false,
  )
  if (!has) return context.skip('needs requests')
  await sentBy('python', 'all.py', program('python3'), withBytes, unquoted)
})

test('Go sends the same requests again', { skip: lacking('go') }, () =>
  sentBy('go', 'all.go', program('go', 'run'), withBytes),
)

test('Java sends the same requests again', { skip: lacking('java') }, () =>
  sentBy('java', 'Main.java', program('java')),
)

test('PowerShell sends the same requests again', { skip: lacking('pwsh') }, () =>
  sentBy('powershell', 'all.ps1', program('pwsh', '-NoProfile', '-File')),
)

/** Saves the bodies that a .http file asks for, then has it sent. */
const sendFile =
  (requests: readonly Asked[]): Run =>
  async (file, folder, port) => {
    const wanted = readFileSync(file, 'latin1').matchAll(
      /^# save the body \(\d+ bytes\) as (request-body-(\d+)\.bin) first$/gm,
    )
    for (const [, name = '', id] of wanted)
      writeFileSync(join(folder, name), requests[Number(id) - 1]?.body ?? '', 'latin1')
    await program('httpyac', 'send', '--all')(file, folder, port)
  }

test('a REST client sends the requests of a .http file', { skip: lacking('httpyac') }, () => {
  const requests = [...withoutVariables, ...likeSyntax]
  return sentBy('http', 'all.http', sendFile(requests), requests, unquoted)
})

test('raw requests can be sent as they are', async () => {
  for (const each of withBytes)
    await sentBy(
      'raw-request',
      'all.http1',
      async (file, _, port) => {
        const { createReadStream } = await import('node:fs')
        await new Promise<void>((resolve, reject) => {
          const socket = connect(port, '127.0.0.1', () => createReadStream(file).pipe(socket, { end: false }))
          socket
            .on('error', reject)
            .on('close', () => resolve())
            .resume()
        })
      },
      [each],
    )
})
