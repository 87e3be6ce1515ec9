import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claimResponse, get, ok, talking } from './peers.ts'

test('a body is slowed down to its rate, and its stream alone', async () => {
  const at = talking({
    response: id =>
      id === 1 ? claimResponse({ type: 'pass', acts: [], pace: { bitsPerSecond: 160_000 } }) : undefined,
  })
  const { client, server } = at
  at.fromClient(client.preface, client.headers(1, get('/'), true), client.headers(3, get('/'), true))
  const begun = performance.now()
  at.fromServer(server.headers(1, ok), server.data(1, 'x'.repeat(4000), true))
  at.fromServer(server.headers(3, ok), server.data(3, 'quick', true))
  const lines: string[] = at.atClient()
  assert.ok(lines.includes('DATA 3 quick END'))
  for (let i = 0; i < 200 && !lines.some(line => line.startsWith('DATA 1') && line.endsWith('END')); i++) {
    await new Promise(resolve => setTimeout(resolve, 5))
    lines.push(...at.atClient())
  }
  const body = lines.filter(line => line.startsWith('DATA 1')).map(line => line.replace(/^DATA 1 | END$/g, ''))
  assert.equal(body.join(''), 'x'.repeat(4000))
  assert.ok(performance.now() - begun > 100, '4000 bytes at 20,000 a second take 200 ms')
})

test('DATA of another stream waits where Parley has used its room, and both go on in turn', () => {
  const at = talking({
    response: id =>
      id === 1 ? claimResponse({ type: 'change', acts: [], body: Buffer.alloc(100_000, 'p') }) : undefined,
  })
  const { client, server } = at
  at.fromClient(
    client.preface,
    client.settings([4, 1_000_000]),
    client.headers(1, get('/'), true),
    client.headers(3, get('/'), true),
  )
  at.fromServer(server.headers(1, ok, true), server.headers(3, ok), server.data(3, 's'.repeat(16_000)))
  const bytes = (stream: number, lines: readonly string[]) =>
    lines
      .filter(line => line.startsWith(`DATA ${stream}`))
      .reduce((sum, line) => sum + line.replace(/^DATA \d | END$/g, '').length, 0)
  const first = at.atClient()
  assert.deepEqual([bytes(1, first), bytes(3, first)], [65_535, 0])
  at.fromClient(client.window(0, 30_000))
  const second = at.atClient()
  assert.equal(bytes(1, second) + bytes(3, second), 30_000)
  assert.ok(bytes(3, second) > 10_000, 'nobody starves')
})

test('what the receiver does not take waits', () => {
  const at = talking({ response: () => claimResponse({ type: 'change', acts: [], body: Buffer.alloc(600_000) }) })
  at.fromClient(
    at.client.preface,
    at.client.settings([4, 1_000_000]),
    at.client.window(0, 1_000_000),
    at.client.headers(1, get('/'), true),
  )
  at.state.takes['to-client'] = false
  at.fromServer(at.server.headers(1, ok, true))
  const before = at.bytes('to-client').length
  assert.ok(before < 200_000, `${before} bytes`)
  at.state.takes['to-client'] = true
  at.core.drained('to-client')
  assert.ok(at.bytes('to-client').length > 600_000)
})
