import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestClaim } from '../../../../../src/rules/claims.ts'
import { bodyPatience } from '../../../../../src/rules/endless.ts'
import { get, post, settled, talking } from './peers.ts'

const acts: readonly never[] = []

test('a claim that throws or rejects lets its message pass', async () => {
  for (const act of [
    () => {
      throw new Error('x')
    },
    () => Promise.reject(new Error('x')),
  ] as RequestClaim['act'][]) {
    const at = talking({ request: () => ({ most: 0, act }) })
    at.fromClient(at.client.preface, at.client.headers(1, get('/'), true))
    await settled()
    assert.deepEqual(at.atServer(), ['HEADERS 1 END :method=GET :scheme=https :authority=a.test :path=/'])
  }
})

test('a body that says it is longer than what is wanted is not waited for', () => {
  const bodies: unknown[] = []
  const at = talking({
    request: () => ({
      most: 10,
      act: ({ body }) => {
        bodies.push(body)
        return { type: 'pass', acts }
      },
    }),
  })
  at.fromClient(at.client.preface, at.client.headers(1, post('/', ['content-length', '11'])))
  assert.deepEqual(bodies, [undefined])
  at.fromClient(at.client.headers(3, get('/'), true))
  assert.deepEqual(bodies[1], new Uint8Array(0))
})

test('a head waits as long as it is told, and its stream alone', async () => {
  const at = talking({
    request: (_, { path }) =>
      path === '/slow' ? { most: 0, act: () => ({ type: 'pass', acts, pace: { delay: 40 } }) } : undefined,
  })
  const begun = performance.now()
  at.fromClient(at.client.preface, at.client.headers(1, get('/slow'), true), at.client.headers(3, get('/'), true))
  assert.equal(at.atServer().length, 1)
  let lines: string[] = []
  for (let i = 0; lines.length === 0 && i < 100; i++) {
    await new Promise(resolve => setTimeout(resolve, 5))
    lines = at.atServer()
  }
  assert.deepEqual(lines, ['HEADERS 5 END :method=GET :scheme=https :authority=a.test :path=/slow'])
  assert.ok(performance.now() - begun >= 38)
})

test('a body without end and length goes on after its time; one with a length is waited for', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const bodies: string[] = []
  const act: RequestClaim['act'] = ({ body, late }) => {
    bodies.push(`${body ? Buffer.from(body) : 'none'}${late ? ', late' : ''}`)
    return { type: 'pass', acts }
  }
  const at = talking({ request: () => ({ most: 1000, act }) })
  const { client } = at
  at.fromClient(client.preface, client.headers(1, post('/')), client.data(1, 'abc'))
  at.fromClient(client.headers(3, post('/', ['content-length', '5'])), client.data(3, 'he'))
  t.mock.timers.tick(bodyPatience - 1)
  assert.deepEqual([bodies, at.atServer()], [[], []])
  t.mock.timers.tick(1)
  assert.deepEqual(bodies, ['none, late'])
  assert.deepEqual(at.atServer(), ['HEADERS 1 :method=POST :scheme=https :authority=a.test :path=/', 'DATA 1 abc'])
  at.fromClient(client.data(1, 'd'), client.data(3, 'llo', true))
  assert.deepEqual(bodies, ['none, late', 'hello'])
})
