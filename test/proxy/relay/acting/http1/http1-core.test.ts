import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Step } from '../acting-script.ts'
import {
  acting,
  acts,
  chunks,
  get,
  ok,
  okChunks,
  onRequests,
  onResponses,
  play,
  post,
  untilClose,
} from './acting-http1.ts'

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

test('a request that nobody waits for any more is told to whoever holds it', () => {
  let gone = 0
  const script = acting({ request: () => ({ most: 0, act: () => new Promise(() => {}), gone: () => gone++ }) })
  script.say('to-server', get)
  script.core.close()
  assert.equal(gone, 1)
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

test('a black hole takes whatever comes, and ends when the client gives up', async () => {
  for (const claims of [
    onRequests(() => ({ type: 'break', acts, how: 'black-hole' })),
    onResponses(() => ({ type: 'break', acts, how: 'black-hole' })),
    onResponses(() => ({ type: 'change', acts, cut: { after: 1, how: 'black-hole' } })),
  ]) {
    const script = acting(claims)
    script.say('to-server', get)
    script.say('to-client', ok)
    script.say('to-server', post.replace('5', '9000000') + 'x'.repeat(200_000))
    assert.deepEqual([script.reads['to-server'], script.outcome.ends], [true, []])
    script.say('to-server', 'end')
    assert.deepEqual((await script.settled()).ends, ['close'])
  }
})

test('what the server got of a request that is cut is its own', async () => {
  for (const [asked, sent] of [
    [post, 'hel'],
    [chunks, 'abc'],
  ] as const) {
    const { script, ends } = await play(
      () => onRequests(() => ({ type: 'change', acts, cut: { after: 3, how: 'reset' } })),
      [['to-server', asked]],
    )
    assert.deepEqual([script.own['to-server'], ends], [sent, ['reset']])
    assert.equal(script.told('server-request')[0]!.body, 'own')
  }
})
