import assert from 'node:assert/strict'
import { test } from 'node:test'
import { claimResponse, get, ok, talking } from './peers.ts'

test('an exchange is over once, and nobody is asked of it again', () => {
  const over: number[] = []
  const at = talking({
    over: id => void over.push(id),
    response: id => (id === 3 ? claimResponse({ type: 'break', acts: [], how: 'reset' }) : undefined),
  })
  const { client, server } = at
  at.fromClient(
    client.preface,
    client.headers(1, get('/'), true),
    client.headers(3, get('/'), true),
    client.headers(5, get('/'), true),
  )
  at.fromServer(server.headers(1, ok, true), server.headers(3, ok), server.data(3, 'x', true))
  at.fromClient(client.reset(1), client.reset(5))
  assert.deepEqual(over, [1, 3, 5])
  at.core.close()
  assert.deepEqual(over, [1, 3, 5])
})

test('a black hole swallows what comes, and gives its window back', () => {
  const at = talking({ response: () => claimResponse({ type: 'break', acts: [], how: 'black-hole' }) })
  at.fromClient(at.client.preface, at.client.headers(1, get('/'), true))
  at.fromServer(at.server.headers(1, ok), at.server.data(1, 'body'), at.server.reset(1))
  assert.deepEqual(at.atClient(), [])
  assert.deepEqual(at.atServer().slice(1), ['WINDOW_UPDATE 0 4', 'WINDOW_UPDATE 1 4'])
})
