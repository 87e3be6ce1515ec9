import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Repeated } from '../../../src/cli/replay/ask-of.ts'
import { emptyText, readRequestText, requestText } from '../../../src/cli/replay/request-text.ts'
import type { Header } from '../../../src/model/exchange.ts'

const base = (over: Partial<Repeated['head']> = {}, body: Uint8Array = new Uint8Array(0)): Repeated => ({
  server: { scheme: 'https', host: '192.0.2.1', port: 443 },
  serverName: 'a.example',
  head: {
    ...{ method: 'GET', target: '/p?q', scheme: 'https', authority: 'a.example', path: '/p?q', version: 'HTTP/1.1' },
    headers: [
      ['HOST', 'a.example'],
      ['X', '1'],
    ],
    raw: 'as it stood',
    ...over,
  },
  body,
  entrance: 'replay',
  origin: 3,
})
const two: readonly Header[] = [
  [':method', 'GET'],
  [':path', '/p?q'],
  [':authority', 'a.example'],
  [':scheme', 'https'],
  ['x', '1'],
]
const text = (of: Repeated): string => Buffer.from(requestText(of)).toString('latin1')
const read = (said: string, of?: Repeated): Repeated => readRequestText(Buffer.from(said, 'latin1'), of)

test('a request is a text, and nothing changed in it changes nothing', () => {
  for (const of of [
    base(),
    base(
      {
        headers: [
          ['X', 'caf\xe9'],
          ['Y', ''],
        ],
      },
      Buffer.from('{"a":\n"\u00e9"}\n'),
    ),
    base({}, Buffer.from('no line end')),
    base({}, Buffer.from([0, 1, 2, 255])),
    base({ headers: [['Content-Encoding', 'gzip']] }, gzipSync('coded')),
    base({ headers: [['Content-Encoding', 'gzip']] }, Buffer.from('not gzip')),
    base({ version: 'HTTP/2', headers: two }),
    base({ method: 'OPTIONS', target: '*', path: '*' }),
  ]) {
    assert.deepEqual(read(text(of), of), of, text(of))
    if (!text(of).endsWith('\n')) assert.deepEqual(read(`${text(of)}\n`, of), of, 'an editor put a line end behind it')
  }
  assert.equal(text(base()), 'GET https://a.example/p?q HTTP/1.1\nHOST: a.example\nX: 1\n\n')
})

test('what is changed is sent so, the rest as it stood', () => {
  const { head, server, serverName } = read(text(base()).replace('X: 1', 'X: 2\nz: 3').replace('GET', 'POST'), base())
  assert.deepEqual(head.headers, [
    ['HOST', 'a.example'],
    ['X', '2'],
    ['z', '3'],
  ])
  assert.deepEqual(
    [head.method, head.raw, head.target, server.host, serverName],
    ['POST', undefined, '/p?q', '192.0.2.1', 'a.example'],
  )
  const path = read(
    text(base({ version: 'HTTP/2', headers: two })).replace('/p?q', '/new'),
    base({ version: 'HTTP/2', headers: two }),
  )
  assert.deepEqual(
    path.head.headers,
    two.map(([name, value]) => [name, name === ':path' ? '/new' : value]),
  )
  assert.equal(path.server.host, '192.0.2.1')
})

test('another host is another server, and Host follows unless it was edited itself', () => {
  const moved = read(text(base()).replace('https://a.example', 'http://b.example:81'), base())
  assert.deepEqual(moved.server, { scheme: 'http', host: 'b.example', port: 81 })
  assert.deepEqual([moved.head.headers[0], moved.serverName], [['HOST', 'b.example:81'], undefined])
  const own = read(text(base()).replace('//a.example', '//b.example').replace('HOST: a.example', 'HOST: c'), base())
  assert.deepEqual(own.head.headers[0], ['HOST', 'c'])
})

test('another version is offered alone; one of HTTP/1 gets a Host', () => {
  const of = base({ version: 'HTTP/2', headers: two })
  const { head, protocol } = read(text(of).replace('HTTP/2', 'HTTP/1.1'), of)
  assert.equal(protocol, 'http/1.1')
  assert.deepEqual(head.headers, [
    ['Host', 'a.example'],
    ['x', '1'],
  ])
  assert.equal(read(text(base()).replace('HTTP/1.1', 'HTTP/2'), base()).protocol, 'h2')
})

test('a body is edited with its coding undone, and coded again; without the field it goes as it is typed', () => {
  const of = base({ headers: [['Content-Encoding', 'gzip']] }, gzipSync('one'))
  assert.match(text(of), /\n\none$/)
  assert.equal(gunzipSync(read(text(of).replace('\n\none', '\n\ntwo\n'), of).body).toString(), 'two')
  assert.equal(Buffer.from(read(text(of).replace('Content-Encoding: gzip\n', ''), of).body).toString(), 'one')
  const binary = base({}, Buffer.from([0, 255]))
  assert.deepEqual(read(text(binary).replace('X: 1', 'X: 2'), binary).body, binary.body)
})

test('a new one is read from its text, or from a curl command in its place', () => {
  const empty = read(Buffer.from(emptyText).toString())
  assert.deepEqual([empty.entrance, empty.server.host, empty.head.version], ['compose', 'example.com', 'HTTP/2'])
  const one = read('POST http://a/x HTTP/1.1\r\nA: b\r\n\r\nbody\n')
  assert.deepEqual(one.head.headers, [
    ['Host', 'a'],
    ['A', 'b'],
  ])
  assert.equal(Buffer.from(one.body).toString(), 'body')
  assert.equal(read('  curl -X PUT a.example/z').head.method, 'PUT')
  assert.deepEqual([read('curl b', base()).origin, read('curl b', base()).entrance], [3, 'replay'])
})

test('what cannot be read is told with its line', () => {
  for (const [said, wrong] of [
    ['', /line 1: a request starts with/],
    ['GET\n\n', /line 1/],
    ['GET a b c\n\n', /line 1/],
    ['GET http://a HTTP/3\n\n', /line 1: "HTTP\/3"/],
    ['GET http://a HTTP/1.1\nA: b\nnonsense\n\n', /line 3: a header is NAME: VALUE/],
    ['GET ftp://a HTTP/1.1\n\n', /not an http or https URL/],
  ] as const)
    assert.throws(() => read(said), wrong, said)
})
