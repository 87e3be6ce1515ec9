import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header } from '../../../../../src/model/exchange.ts'
import type { Elsewhere, ElsewhereAnswer } from '../../../../../src/proxy/relay/acting/core.ts'
import { Http1Core } from '../../../../../src/proxy/relay/acting/http1/http1-core.ts'
import type { Claims, RequestMessage, ResponseMessage } from '../../../../../src/rules/claims.ts'
import type { RequestVerdict, ResponseVerdict } from '../../../../../src/rules/verdict.ts'
import { ActingScript, everyCut, type Outcome, type Step } from '../acting-script.ts'

const context = { scheme: 'https', authority: 'a.test' }
const acting = (claims: Partial<Claims>, elsewhere?: (asked: Elsewhere) => Promise<ElsewhereAnswer>) =>
  new ActingScript((all, ports) => new Http1Core(all, ports, context), claims, elsewhere)

const acts = [{ by: 'a rule', did: 'something' }]
const onRequests = (act: (message: RequestMessage) => RequestVerdict | Promise<RequestVerdict>, most = 0) => ({
  request: () => ({ most, act }),
})
const onResponses = (act: (message: ResponseMessage) => ResponseVerdict | Promise<ResponseVerdict>, most = 0) => ({
  response: () => ({ most, act }),
})

/** What comes of the steps, which is the same however they are cut. */
async function play(
  claims: () => Partial<Claims>,
  steps: readonly Step[],
): Promise<Outcome & { script: ActingScript }> {
  let first: (Outcome & { script: ActingScript }) | undefined
  for (const cut of everyCut(steps)) {
    const script = acting(claims())
    for (const [index, [direction, said]] of cut.entries()) {
      script.say(direction, said)
      if (cut[index + 1]?.[0] !== direction) await script.settled()
    }
    const outcome = await script.settled()
    first ??= { ...outcome, script }
    assert.deepEqual(outcome, { server: first.server, client: first.client, ends: first.ends })
  }
  return first!
}

const get = 'GET /a HTTP/1.1\r\nhost:a.test\r\nX: 1\r\n\r\n'
const post = 'POST /b HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello'
const chunks =
  'POST /c HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n002\r\nde\r\n0\r\nT: 1\r\n\r\n'
const ok = 'HTTP/1.1 200 Fine by me\r\nContent-Length: 2\r\nA:  b\r\n\r\nok'
const okChunks = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nTr: 1\r\n\r\n'
const untilClose = 'HTTP/1.1 200 OK\r\n\r\nto the end'

const conversations: Readonly<Record<string, readonly Step[]>> = {
  'one after the other': [
    ['to-server', get],
    ['to-client', ok],
    ['to-server', `\r\n${post}`],
    ['to-client', `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${okChunks}`],
  ],
  pipelined: [
    ['to-server', get + post + chunks],
    ['to-client', ok + okChunks],
    ['to-server', get],
    ['to-client', ok + ok],
  ],
  'with folds and odd lines': [
    ['to-server', 'GET / HTTP/1.1\nHost : a\r\nX: 1\r\n  2\r\nbad\r\n\r\n'],
    ['to-client', 'HTTP/1.1 304\r\nX : y\nZ\r\n\n'],
  ],
  'until the end of the connection': [
    ['to-server', get],
    ['to-server', 'end'],
    ['to-client', untilClose],
    ['to-client', 'end'],
  ],
  'HEAD and no content': [
    ['to-server', get.replace('GET', 'HEAD') + get],
    ['to-client', `HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n`],
  ],
  'another protocol': [
    ['to-server', '\x00\x01SSH\r\n\r\n\r\n'],
    ['to-client', 'EHLO\r\n'],
    ['to-server', 'more'],
  ],
  'a server that speaks first': [
    ['to-client', '220 mail\r\n'],
    ['to-server', 'EHLO me\r\n'],
    ['to-client', '250 ok\r\n'],
  ],
  'an upgrade': [
    ['to-server', 'GET / HTTP/1.1\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
    ['to-client', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n\x00\x01'],
    ['to-server', '\x02\r\n\r\n'],
    ['to-client', '\x03'],
  ],
  'an upgrade that is refused': [
    ['to-server', `GET / HTTP/1.1\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n${get}`],
    ['to-client', ok],
    ['to-client', ok],
  ],
  'half a request': [
    ['to-server', post.slice(0, -2)],
    ['to-server', 'end'],
    ['to-client', 'end'],
  ],
  'half a head': [
    ['to-server', 'GET / HTT'],
    ['to-server', 'end'],
  ],
  'half a response': [
    ['to-server', get],
    ['to-client', ok.slice(0, -1)],
    ['to-client', 'end'],
  ],
  'a body of unknown length': [
    ['to-server', 'POST / HTTP/1.1\r\nContent-Length: x\r\n\r\nabc\r\n\r\n'],
    ['to-client', ok],
  ],
  'bad chunks': [
    ['to-server', chunks.replace('3;x', 'zz')],
    ['to-client', `${okChunks.replace('2\r\n', 'q\r\n')}and on`],
  ],
  'an answer that nobody asked for': [
    ['to-server', get],
    ['to-client', ok + ok],
    ['to-server', get],
    ['to-client', ok],
  ],
  'HTTP/1.0': [
    ['to-server', 'GET / HTTP/1.0\r\n\r\n'],
    ['to-client', 'HTTP/1.0 200 OK\r\n\r\nxyz'],
    ['to-client', 'end'],
  ],
}

const said = (steps: readonly Step[], direction: string): string =>
  steps.flatMap(([to, text]) => (to === direction && text !== 'end' ? [text as string] : [])).join('')

for (const [name, steps] of Object.entries(conversations))
  test(`nobody claims anything: ${name} passes byte for byte, in the call in which it came`, async () => {
    const { server, client, ends } = await play(() => ({}), steps)
    assert.equal(server, said(steps, 'to-server'))
    assert.equal(client, said(steps, 'to-client'))
    assert.deepEqual(
      ends,
      steps.flatMap(([direction, text]) => (text === 'end' ? [direction] : [])),
    )
  })

for (const most of [0, 3, 1000])
  for (const late of [false, true])
    for (const [name, steps] of Object.entries(conversations))
      test(`all is claimed (${most} bytes, ${late ? 'later' : 'at once'}) and passes: ${name} is what it was`, async () => {
        const verdict = { type: 'pass', acts: [] } as const
        const act = () => (late ? Promise.resolve(verdict) : verdict)
        const { server, client } = await play(() => ({ ...onRequests(act, most), ...onResponses(act, most) }), steps)
        assert.equal(server, said(steps, 'to-server'))
        assert.equal(client, said(steps, 'to-client'))
      })

const withHeader = (headers: readonly Header[]): readonly Header[] => [...headers, ['New', 'field']]

test('a changed head differs in what was changed alone, and the bodies stay', async () => {
  const claims = () => ({
    ...onRequests(({ head }) => ({ type: 'change', acts, head: { ...head, headers: withHeader(head.headers) } })),
    ...onResponses(async ({ head }) => ({
      type: 'change',
      acts,
      head: { ...head, headers: withHeader(head.headers) },
    })),
  })
  const { server, client, script } = await play(claims, [
    ['to-server', get + chunks],
    ['to-client', ok + okChunks],
  ])
  const inserted = (text: string): string => text.replace('\r\n\r\n', '\r\nNew: field\r\n\r\n')
  assert.equal(server, inserted(get) + inserted(chunks))
  assert.equal(client, inserted(ok) + inserted(okChunks))
  assert.deepEqual(
    script.events.filter(({ exchange }) => exchange === 1).map(({ event }) => event.type),
    ['acted', 'server-request', 'server-ended', 'acted', 'server-response', 'server-ended'],
  )
  assert.equal(script.told('server-response')[0]!.head.headers.length, 2)
})

test('a changed body has the right length, and keeps its chunks and trailers where it had them', async () => {
  const claims = () => ({
    ...onRequests(
      ({ body }) => ({
        type: 'change',
        acts,
        body: Buffer.from(
          String(body && Buffer.from(body))
            .toUpperCase()
            .repeat(2),
        ),
      }),
      100,
    ),
    ...onResponses(async () => ({ type: 'change', acts, body: Buffer.from('changed') }), 100),
  })
  const { server, client, script } = await play(claims, [
    ['to-server', post + chunks],
    ['to-client', ok + okChunks],
  ])
  assert.equal(
    server,
    `${post.replace('h: 5', 'h: 10').replace('hello', 'HELLOHELLO')}${chunks.slice(0, chunks.indexOf('3;x'))}a\r\nABCDEABCDE\r\n0\r\nT: 1\r\n\r\n`,
  )
  assert.equal(
    client,
    `${ok.replace('h: 2', 'h: 7').slice(0, -2)}changed${okChunks.replace('2\r\nok', '7\r\nchanged')}`,
  )
  assert.equal(script.own['to-server'], 'HELLOHELLOABCDEABCDE')
  assert.equal(script.own['to-client'], 'okok')
})

test('a response without a length gets one with its new body', async () => {
  const { client, ends } = await play(
    () => onResponses(() => ({ type: 'change', acts, body: Buffer.from('new') }), 100),
    [
      ['to-server', get],
      ['to-client', untilClose],
      ['to-client', 'end'],
    ],
  )
  assert.equal(client, 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew')
  assert.deepEqual(ends, ['to-client'])
})

test('a length that a rule sets wrongly is corrected and told', async () => {
  const wrong = (headers: readonly Header[]): readonly Header[] =>
    headers.map(([name, value]) => (name === 'Content-Length' ? [name, '77'] : [name, value]))
  const { server, client, script } = await play(
    () => ({
      ...onRequests(({ head }) => ({ type: 'change', acts, head: { ...head, headers: wrong(head.headers) } })),
      ...onResponses(({ head }) => ({
        type: 'change',
        acts,
        head: { ...head, headers: wrong(head.headers) },
        body: Buffer.from('x'),
      })),
    }),
    [
      ['to-server', post],
      ['to-client', ok],
    ],
  )
  assert.equal(server, post)
  assert.equal(client, ok.replace('h: 2', 'h: 1').replace(/ok$/, 'x'))
  assert.deepEqual(
    script.told('problem').map(({ problem }) => problem.code),
    ['acting/wrong-length', 'acting/wrong-length'],
  )
})

test('a head that may not be sent is told, and the message goes on as it came', async () => {
  for (const header of [
    ['a b', 'c'],
    ['a', 'b\r\nc: d'],
    ['a', '\0'],
    ['', 'x'],
    ['a', '☃'],
  ] as const) {
    const { server, script } = await play(
      () => onRequests(({ head }) => ({ type: 'change', acts, head: { ...head, headers: [...head.headers, header] } })),
      [['to-server', get]],
    )
    assert.equal(server, get)
    assert.equal(script.told('problem')[0]!.problem.code, 'acting/bad-head')
  }
})

test('answers of Parley come in the order of the requests, and the server hears nothing of these', async () => {
  const claims = (): Partial<Claims> => ({
    request: (exchange: number) =>
      exchange % 2 === 0
        ? {
            most: 0,
            act: () => ({
              type: 'answer',
              acts,
              answer: { status: 418, headers: [['A', 'b']], body: Buffer.from('tea') },
            }),
          }
        : undefined,
  })
  const tea = 'HTTP/1.1 418 \r\nA: b\r\nContent-Length: 3\r\n\r\ntea'
  const { server, client, script } = await play(claims, [
    ['to-server', get + post + chunks + get],
    ['to-client', ok],
    ['to-client', okChunks],
  ])
  assert.equal(server, get + chunks)
  assert.equal(client, ok + tea + okChunks + tea)
  assert.equal(script.told('server-not-asked').length, 2)
})

test('an answer that comes piece by piece is framed, and one to HTTP/1.0 ends with the connection', async () => {
  const claims = () =>
    onRequests(() => ({
      type: 'answer',
      acts,
      answer: {
        status: 200,
        headers: [],
        body: (async function* () {
          yield Buffer.from('one')
          yield Buffer.from('')
          yield Buffer.from('two')
        })(),
      },
    }))
  const chunked = await play(claims, [['to-server', get + get]])
  const one = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n'
  assert.equal(chunked.client, one + one)
  const old = await play(claims, [['to-server', 'GET / HTTP/1.0\r\n\r\n']])
  assert.equal(old.client, 'HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nonetwo')
  assert.deepEqual(old.ends, ['to-client'])
})

test('a client that waits for leave to send a body that is wanted gets it, once', async () => {
  const expecting = post.replace('\r\n\r\n', '\r\nExpect: 100-continue\r\n\r\n')
  const head = expecting.slice(0, -5)
  const script = acting(onRequests(async ({ body }) => ({ type: 'change', acts, body: body! }), 100))
  script.say('to-server', head)
  assert.equal(script.outcome.client, 'HTTP/1.1 100 Continue\r\n\r\n')
  assert.equal(script.outcome.server, '')
  script.say('to-server', 'hello')
  assert.equal((await script.settled()).server, expecting)
  script.say('to-client', `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Again\r\n\r\n${ok}`)
  assert.equal(script.outcome.client, `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Again\r\n\r\n${ok}`)
})

test('a request that is held stops those behind it, and not the answers to those before it', async () => {
  let decide: (verdict: RequestVerdict) => void = () => {}
  const script = acting({
    request: exchange =>
      exchange === 2 ? { most: 0, act: () => new Promise(resolve => (decide = resolve)) } : undefined,
  })
  script.say('to-server', get + post + get)
  assert.equal(script.outcome.server, get)
  script.say('to-client', ok)
  assert.equal(script.outcome.client, ok)
  script.say('to-server', Buffer.alloc(70_000, 'a'))
  assert.equal(script.reads['to-server'], false)
  decide({ type: 'pass', acts: [] })
  const { server } = await script.settled()
  assert.equal(server.slice(0, get.length * 2 + post.length), get + post + get)
  assert.equal(script.reads['to-server'], true)
})

test('a request that nobody waits for any more is told to whoever holds it', () => {
  let gone = 0
  const script = acting({ request: () => ({ most: 0, act: () => new Promise(() => {}), gone: () => gone++ }) })
  script.say('to-server', get)
  script.core.close()
  assert.equal(gone, 1)
})

test('a claim that fails lets the message pass', async () => {
  const { server, client } = await play(
    () => ({
      ...onRequests(() => {
        throw new Error('no')
      }),
      ...onResponses(() => Promise.reject(new Error('no'))),
    }),
    [
      ['to-server', get],
      ['to-client', ok],
    ],
  )
  assert.deepEqual([server, client], [get, ok])
})

test('an exchange breaks off where a verdict says so', async () => {
  const request = await play(() => onRequests(() => ({ type: 'break', acts, how: 'reset' })), [['to-server', get]])
  assert.deepEqual([request.server, request.client, request.ends], ['', '', ['reset']])
  const cut = { after: 1, how: 'close' } as const
  const half = await play(
    () => onResponses(() => ({ type: 'change', acts, cut })),
    [
      ['to-server', get],
      ['to-client', okChunks],
    ],
  )
  assert.equal(half.client, okChunks.slice(0, okChunks.indexOf('ok') + 1))
  assert.deepEqual(half.ends, ['close'])
  const hole = await play(
    () => onRequests(() => ({ type: 'break', acts, how: 'black-hole' })),
    [['to-server', get + get]],
  )
  assert.deepEqual([hole.server, hole.client, hole.ends], ['', '', []])
})

test('another server is asked, and its answer comes in turn and can be claimed', async () => {
  const asked: string[] = []
  const script = acting(
    {
      ...onRequests(({ head }) => ({
        type: 'elsewhere',
        acts,
        server: { scheme: 'http', host: 'b.test', port: 80 },
        head: { ...head, path: '/else' },
      })),
      ...onResponses(
        ({ head, body }) => ({ type: 'change', acts, head, body: Buffer.from(`${Buffer.from(body!)}!`) }),
        100,
      ),
    },
    async ({ server, head, body }) => {
      let text = ''
      if (body instanceof Uint8Array) text = String(Buffer.from(body))
      else for await (const piece of body) text += String(Buffer.from(piece))
      asked.push(`${server.host} ${head.path} ${text}`)
      const answer = async function* () {
        yield Buffer.from(text || 'none')
      }
      return {
        request: head,
        head: {
          status: 200,
          reason: '',
          version: 'HTTP/2',
          headers: [
            [':status', '200'],
            ['a', 'b'],
          ],
        },
        body: answer(),
      }
    },
  )
  script.say('to-server', chunks.slice(0, 80))
  await script.settled()
  script.say('to-server', chunks.slice(80) + get)
  const { client, server } = await script.settled()
  assert.deepEqual(asked.toSorted(), ['b.test /else ', 'b.test /else abcde'])
  assert.equal(
    client,
    'HTTP/1.1 200 OK\r\na: b\r\nContent-Length: 6\r\n\r\nabcde!HTTP/1.1 200 OK\r\na: b\r\nContent-Length: 5\r\n\r\nnone!',
  )
  assert.equal(server, '')
})

test('another server that cannot be asked is a 502', async () => {
  const script = acting(
    onRequests(({ head }) => ({ type: 'elsewhere', acts, server: { scheme: 'http', host: 'b', port: 1 }, head })),
  )
  script.say('to-server', post)
  assert.match((await script.settled()).client, /^HTTP\/1\.1 502 Bad Gateway\r\n/)
  assert.equal(script.told('problem')[0]!.problem.code, 'http/upstream-failed')
})

test('a pace holds back what it says, and then lets all pass', { timeout: 5000 }, async () => {
  const script = acting({
    ...onRequests(() => ({ type: 'pass', acts, pace: { delay: 50 } })),
    ...onResponses(() => ({ type: 'pass', acts, pace: { bitsPerSecond: 160_000, latency: 20 } })),
  })
  const began = performance.now()
  script.say('to-server', post + get)
  assert.equal(script.outcome.server, '')
  while (script.outcome.server.length < post.length + get.length) await new Promise(resolve => setTimeout(resolve, 5))
  assert.ok(performance.now() - began >= 99)
  const body = 'x'.repeat(4000) // 200 ms
  const sent = performance.now()
  const response = `HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n${body}`
  script.say('to-client', response + ok)
  while (script.outcome.client.length < response.length + ok.length)
    await new Promise(resolve => setTimeout(resolve, 5))
  const took = performance.now() - sent
  assert.ok(took >= 190 && took < 2000, `${took} ms`)
  assert.equal(script.outcome.client, response + ok)
})

test('a receiver that is full stops its sender', () => {
  const script = acting({})
  script.room['to-client'] = false
  script.say('to-server', get)
  script.say('to-client', ok)
  assert.equal(script.reads['to-client'], false)
  script.core.drained('to-client')
  assert.equal(script.reads['to-client'], true)
})

test('messages that come in one piece and that nobody claims go on in one piece', () => {
  const script = acting({})
  script.say('to-server', get + post + chunks)
  script.say('to-client', ok + okChunks + ok)
  assert.deepEqual(script.writes, { 'to-server': 1, 'to-client': 1 })
})
