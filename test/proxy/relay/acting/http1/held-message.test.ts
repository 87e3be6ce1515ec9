import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodyPatience } from '../../../../../src/rules/endless.ts'
import { acting, chunks, get, ok, onRequests, onResponses, play, post } from './acting-http1.ts'

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

const seen = (bodies: string[]) => (message: { readonly body?: Uint8Array; readonly late?: boolean }) => {
  bodies.push(`${message.body ? Buffer.from(message.body) : 'none'}${message.late ? ', late' : ''}`)
  return { type: 'pass', acts: [] } as const
}

test('a body that is longer than what is wanted is not held for a moment', () => {
  const bodies: string[] = []
  const script = acting(onResponses(seen(bodies), 10))
  script.say('to-server', get)
  script.say('to-client', 'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n1')
  assert.deepEqual(bodies, ['none'])
  assert.ok(script.outcome.client.endsWith('\r\n\r\n1'))
})

test('a body without end and length goes on after its time, late, and what follows as it comes', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  for (const [head, tail] of [
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n', '2\r\nde\r\n'],
    ['HTTP/1.1 200 OK\r\n\r\nabc', 'de'],
  ] as const) {
    const bodies: string[] = []
    const script = acting(onResponses(seen(bodies), 1000))
    script.say('to-server', get)
    script.say('to-client', head)
    t.mock.timers.tick(bodyPatience - 1)
    assert.equal(script.outcome.client, '')
    t.mock.timers.tick(1)
    assert.deepEqual([bodies, script.outcome.client], [['none, late'], head])
    script.say('to-client', tail)
    assert.equal(script.outcome.client, head + tail)
    t.mock.timers.tick(bodyPatience)
    assert.equal(bodies.length, 1)
  }
})

test('a body that says its length, or ends in time, is whole however slow it is', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const bodies: string[] = []
  const script = acting(onRequests(seen(bodies), 1000))
  script.say('to-server', post.slice(0, -3))
  t.mock.timers.tick(bodyPatience * 10)
  script.say('to-server', post.slice(-3))
  script.say('to-server', chunks)
  t.mock.timers.tick(bodyPatience)
  assert.deepEqual(bodies, ['hello', 'abcde'])
})
