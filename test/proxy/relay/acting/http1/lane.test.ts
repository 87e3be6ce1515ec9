import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestVerdict } from '../../../../../src/rules/verdict.ts'
import { acting, get, ok, post } from './acting-http1.ts'

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

test('a receiver that is full stops its sender', () => {
  const script = acting({})
  script.room['to-client'] = false
  script.say('to-server', get)
  script.say('to-client', ok)
  assert.equal(script.reads['to-client'], false)
  script.core.drained('to-client')
  assert.equal(script.reads['to-client'], true)
})
