import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Lobby } from '../../../src/proxy/entrance/lobby.ts'

const guest = (name: string, gone: string[]) => ({ destroy: () => gone.push(name) })

test('where those who wait cost too much, who came first goes, and no more than needed', () => {
  const gone: string[] = []
  const lobby = new Lobby(100_000)
  const [a, b, c] = [guest('a', gone), guest('b', gone), guest('c', gone)]
  lobby.waits(a, 30_000)
  lobby.waits(b, 0)
  lobby.waits(a, 40_000)
  assert.deepEqual(gone, [])
  lobby.waits(c, 40_000)
  assert.deepEqual([gone, lobby.size], [['a'], 2])
})

test('who has left costs nothing', () => {
  const gone: string[] = []
  const lobby = new Lobby(20_000)
  for (let n = 0; n < 100; n++) {
    const one = guest(String(n), gone)
    lobby.waits(one, 10_000)
    lobby.leaves(one)
    lobby.leaves(one)
  }
  assert.deepEqual([gone, lobby.size, lobby.dismiss()], [[], 0, false])
})

test('eight thousand clients that have said nothing may wait', () => {
  const gone: string[] = []
  const lobby = new Lobby()
  for (let n = 0; n < 9000; n++) lobby.waits(guest(String(n), gone), 0)
  assert.equal(lobby.size, 8192)
  assert.deepEqual([gone[0], gone.length], ['0', 808])
})
