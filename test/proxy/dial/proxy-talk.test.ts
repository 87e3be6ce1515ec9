import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DialError } from '../../../src/proxy/dial/dial.ts'
import { ProxyTalk } from '../../../src/proxy/dial/proxy-talk.ts'
import { Once } from '../../../src/proxy/once.ts'
import { inTime } from '../../in-time.ts'
import { once, socketPair } from '../socket-pair.ts'

const proxy = { scheme: 'http', host: 'p', port: 1 } as const
const two = (bytes: Buffer): number | undefined => (bytes.length < 2 ? undefined : 2)

test('answers are cut from what comes, in pieces of any size, and the rest goes back', async t => {
  const { near, far, close } = await socketPair()
  t.after(close)
  const talk = new ProxyTalk(near, proxy, 5000)
  const answer = talk.ask(Buffer.from('?'), two)
  await once(far, 'readable')
  assert.equal(String(far.read()), '?')
  for (const piece of ['a', 'bcdef']) far.write(piece)
  assert.equal(String(await inTime('the answer', answer)), 'ab')
  assert.equal(String(await talk.hear(two)), 'cd')
  const socket = talk.end()
  const rest = once(socket, 'data')
  socket.resume()
  assert.equal(String(await inTime('the rest', rest)), 'ef')
})

test('whoever gives up, is late or hangs up ends the talk with a problem', async t => {
  const failure = async (talk: ProxyTalk): Promise<string> => {
    const error = await inTime(
      'the talk fails',
      talk.hear(two).catch(e => e),
    )
    talk.destroy()
    return error instanceof DialError ? error.problem.message : assert.fail(String(error))
  }
  const pairs = await Promise.all([socketPair(), socketPair(), socketPair()])
  t.after(() => {
    for (const { close } of pairs) close()
  })
  assert.match(await failure(new ProxyTalk(pairs[0]!.near, proxy, 50)), /not in 0.05 s/)
  const givenUp = new Once()
  givenUp.happen()
  assert.match(await failure(new ProxyTalk(pairs[1]!.near, proxy, 5000, givenUp)), /nobody waits/)
  pairs[2]!.far.end()
  assert.match(await failure(new ProxyTalk(pairs[2]!.near, proxy, 5000)), /closed/)
})
