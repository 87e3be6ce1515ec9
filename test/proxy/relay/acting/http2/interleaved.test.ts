// Whole conversations in a random order, beside a naive model: each message for itself, as lists of fields and a body.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header } from '../../../../../src/model/exchange.ts'
import type { ActingCore } from '../../../../../src/proxy/relay/acting/core.ts'
import { http2Core } from '../../../../../src/proxy/relay/acting/http2/http2-core.ts'
import type { RequestVerdict, ResponseVerdict } from '../../../../../src/rules/verdict.ts'
import { Endpoint, type Message } from './endpoint.ts'
import { ok, post, settled } from './peers.ts'

/** mulberry32 */
function diceOf(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

const body = (id: number, length: number): Buffer => Buffer.alloc(length, `${id},`)
const acts: readonly never[] = []
const added: Header = ['x-parley', 'yes']

type Plan = 'none' | 'pass' | 'head' | 'body' | 'answer'

async function converse(seed: number, exchanges: number): Promise<void> {
  const dice = diceOf(seed)
  const plans: Plan[] = ['none', 'none', 'pass', 'head', 'body', 'answer']
  const requests = new Map<number, { plan: Plan; most: number; said: Message; response: Plan }>()
  const answered = new Map<string, Message>()
  let core: ActingCore | undefined
  const early: (() => void)[] = []
  const push = (direction: 'to-server' | 'to-client', bytes: Uint8Array): void => {
    const cut = dice(bytes.length + 1)
    for (const part of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
      const copy = Buffer.from(part)
      const go = (): void => {
        core!.push(direction, copy)
        copy.fill(0xaa)
      }
      if (core) go()
      else early.push(go)
    }
  }
  const client = new Endpoint(true, 3000 + dice(3000), bytes => push('to-server', bytes))
  const server = new Endpoint(
    false,
    2000 + dice(6000),
    bytes => push('to-client', bytes),
    (stream, message) => {
      const path = message.fields.find(([name]) => name === ':path')![1]
      const answer = {
        fields: [...ok, ['x-of', path] as Header],
        body: body(stream, dice(4) === 0 ? 0 : dice(12_000)),
        trailers: dice(4) === 0 ? [['x-end', path] as Header] : undefined,
      }
      answered.set(path, answer)
      server.say(stream, answer)
    },
  )
  const decide = async <V>(verdict: V): Promise<V> => {
    for (let i = dice(4); i > 0; i--) await settled()
    return verdict
  }
  const outputs: [Endpoint, Uint8Array][] = []
  core = http2Core(
    {
      request: (id, head) => {
        const { plan, most } = requests.get(id)!
        const verdict = {
          none: undefined,
          pass: { type: 'pass', acts },
          head: { type: 'change', acts, head: { ...head, headers: [...head.headers, added] } },
          body: { type: 'change', acts, body: body(id, 7000) },
          answer: {
            type: 'answer',
            acts,
            answer: {
              status: 200,
              headers: [added],
              body:
                id % 4 === 1
                  ? body(id, 9000)
                  : (async function* () {
                      for (let i = 0; i < 3; i++) yield body(id, 3000)
                    })(),
            },
          },
        }[plan] as RequestVerdict | undefined
        return verdict && { most, act: () => (most % 2 ? verdict : decide(verdict)) }
      },
      response: (id, _request, head) => {
        const { response, most } = requests.get(id)!
        const verdict = {
          none: undefined,
          answer: undefined,
          pass: { type: 'pass', acts },
          head: { type: 'change', acts, head: { ...head, headers: [...head.headers, added] } },
          body: { type: 'change', acts, body: body(id, 5000) },
        }[response] as ResponseVerdict | undefined
        return verdict && { most, act: () => (most % 3 ? verdict : decide(verdict)) }
      },
      webSocket: () => undefined,
    },
    {
      write: (direction, bytes) => {
        outputs.push([direction === 'to-server' ? server : client, Buffer.from(bytes)])
        return true
      },
      end: () => {},
      flow: () => {},
      destroy: () => assert.fail('destroyed'),
      acted: () => {},
      serverContent: () => {},
      elsewhere: () => Promise.reject(new Error('no')),
    },
    { scheme: 'https', authority: 'a.test' },
  )
  for (const go of early) go()
  for (let i = 0; i < exchanges; i++) {
    const id = i * 2 + 1
    const said = {
      fields: post(`/${id}`, ['x-n', String(dice(5))]),
      body: body(id, dice(3) === 0 ? 0 : dice(12_000)),
      trailers: dice(5) === 0 ? [['x-t', `${id}`] as Header] : undefined,
    }
    const most = dice(3) === 0 ? dice(2) : 2000 + dice(14_000)
    requests.set(id, { plan: plans[dice(plans.length)]!, response: plans[dice(5)]!, most, said })
    client.say(id, said)
  }
  for (let quiet = 0, i = 0; quiet < 300; i++) {
    assert.ok(i < 200_000, `seed ${seed}: it does not end`)
    const next = outputs.shift()
    if (next) next[0].hear(next[1])
    if (dice(2)) client.step(dice)
    else server.step(dice)
    if (i % 10 === 0) await settled()
    quiet = outputs.length === 0 && client.idle && server.idle ? quiet + 1 : 0
  }
  for (const [id, { plan, said, response }] of requests) {
    const name = `seed ${seed}, exchange ${id}: ${plan}, ${response}`
    const got = client.received.get(id)
    assert.ok(got?.ended, `${name}: the response ends`)
    if (plan === 'answer') {
      assert.deepEqual(got.fields, [...ok, added], name)
      assert.ok(
        Buffer.concat(got.body).equals(
          id % 4 === 1 ? body(id, 9000) : Buffer.concat([1, 2, 3].map(() => body(id, 3000))),
        ),
        name,
      )
      assert.equal(answered.has(`/${id}`), false)
      continue
    }
    const [asked] = [...server.received.values()].filter(({ fields }) => fields.some(([, value]) => value === `/${id}`))
    assert.ok(asked, name)
    assert.deepEqual(asked.fields, plan === 'head' ? [...said.fields, added] : said.fields, name)
    assert.ok(
      Buffer.concat(asked.body).equals(plan === 'body' ? body(id, 7000) : said.body),
      `${name}: the request's body`,
    )
    assert.deepEqual(asked.trailers, said.trailers, name)
    const answer = answered.get(`/${id}`)!
    assert.deepEqual(got.fields, response === 'head' ? [...answer.fields, added] : answer.fields, name)
    assert.ok(
      Buffer.concat(got.body).equals(response === 'body' ? body(id, 5000) : answer.body),
      `${name}: the response's body`,
    )
    assert.deepEqual(got.trailers, answer.trailers, name)
  }
  assert.deepEqual([client.resets, server.resets], [[], []])
  const [[clientSends, clientHas], [serverSends, serverHas]] = [client.windows, server.windows]
  assert.deepEqual([clientSends, serverSends], [serverHas, clientHas], `seed ${seed}: nobody is short of window`)
}

test('conversations in any order are what a naive model makes of each message', { timeout: 90_000 }, async () => {
  for (let seed = 1; seed <= 60; seed++) await converse(seed, 1 + (seed % 30))
})
