import assert from 'node:assert/strict'
import { createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { accessOf } from '../../../src/proxy/entrance/access.ts'
import type { Ends } from '../../../src/proxy/entrance/arrival.ts'
import { Hall } from '../../../src/proxy/entrance/hall.ts'
import { Lobby } from '../../../src/proxy/entrance/lobby.ts'
import type { Access, Services } from '../../../src/proxy/services.ts'
import { listenFor } from '../../e2e/support/origin.ts'
import { MemoryTape } from '../memory-tape.ts'
import { toProxy } from '../running.ts'
import { once, readAll } from '../socket-pair.ts'

async function hallOf(t: TestContext, access: Access = accessOf()) {
  const tape = new MemoryTape()
  const hall = new Hall({ tape, access, lobby: new Lobby(), nextConnection: () => 5 } as unknown as Services, {})
  const entered: { readonly socket: Socket; readonly connection: number; readonly ends: Ends }[] = []
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, socket =>
    hall.accept(socket, (_, socket, connection, ends) => entered.push({ socket, connection, ends })),
  )
  const port = await listenFor(t, server)
  return { hall, tape, entered, client: await toProxy(t, { host: '127.0.0.1', port }) }
}

test('who is let in has a number and two ends, and goes when the hall is cleared', async t => {
  const { hall, tape, entered, client } = await hallOf(t)
  while (entered.length === 0) await new Promise(resolve => setTimeout(resolve, 5))
  const [guest] = entered
  assert.deepEqual([guest?.connection, guest?.ends.remote.port], [5, client.localPort])
  assert.deepEqual(tape.story(5), ['opened'])
  const closed = once(client, 'close')
  client.resume()
  hall.clear()
  client.end()
  await closed
})

test('who is not admitted is told so, and not recorded', async t => {
  const { tape, entered, client } = await hallOf(t, { ...accessOf(), admits: () => false })
  assert.match(String(await readAll(client)), /^HTTP\/1\.1 403 /)
  assert.deepEqual([entered.length, tape.events.length], [0, 0])
})
