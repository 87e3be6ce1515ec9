import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownRequests } from '../../../src/cli/replay/own-requests.ts'
import { problemOf } from '../../../src/problem/problem.ts'
import type { Answered, Ask } from '../../../src/proxy/own/whole-answer.ts'
import { answer, capture, response } from './one-exchange.ts'

function requests(...answers: readonly (Answered | undefined)[]) {
  const asks: Ask[] = []
  return { asks, own: ownRequests(capture, async ask => answers[asks.push(ask) - 1]) }
}

test('one answer is told with what is another than recorded', async () => {
  const { own } = requests(answer('abc'), answer('abX'), answer('', { problem: problemOf('own/timeout') }), undefined)
  assert.deepEqual(await own.repeat(7, 1, 1), { text: '#7 again: 200 in 12 ms, as recorded.', good: true })
  assert.match((await own.repeat(7, 1, 1)).text, /200 in 12 ms; another body than recorded/)
  assert.deepEqual(await own.repeat(7, 1, 1), { text: `#7 again: ${problemOf('own/timeout').message}.`, good: false })
  assert.match((await own.repeat(7, 1, 1)).text, /Nothing runs/)
  assert.match((await own.repeat(8, 1, 1)).text, /no request in flow 8/)
})

test('of many, statuses, times and differences are summed up', async () => {
  const worse = { head: { ...response.head, status: 503 } }
  const { own } = requests(answer('abc'), answer('abX', worse), answer('abX', { ...worse, endedAfter: 40 }))
  assert.deepEqual(await own.repeat(7, 3, 2), {
    text: '#7 again: 1 × 200, 2 × 503, 2 bodies; p50 12 ms, p95 40 ms; 2 not as recorded.',
    good: true,
  })
})

test('an edited text is sent with its origin, a new one without; one that cannot be read is there again', async () => {
  const { asks, own } = requests(answer('abc'), answer('abc'))
  const file = own.text(7)
  assert.equal(file.name, 'flow-7-request.http')
  const changed = Buffer.from(String(Buffer.from(file.bytes)).replace('GET', 'PUT'))
  assert.deepEqual(await own.send(changed, 7), { text: '#7 changed: 200 in 12 ms', good: true })
  await own.send(Buffer.from('curl http://b/'), undefined)
  assert.deepEqual(
    asks.map(({ head, origin, entrance }) => [head.method, origin, entrance]),
    [
      ['PUT', 7, 'replay'],
      ['GET', undefined, 'compose'],
    ],
  )
  const nonsense = Buffer.from('nonsense\n')
  await assert.rejects(async () => own.send(nonsense, undefined), /line 1/)
  assert.deepEqual(own.text(undefined).bytes, nonsense)
  assert.notDeepEqual(own.text(7).bytes, nonsense)
  assert.throws(() => own.text(8), /no request in flow 8/)
})

test('what could not be sent is not said to be sent', async () => {
  const problem = problemOf('own/bad-request', { detail: 'a name' })
  const { own } = requests(answer('', { problem }))
  const said = await own.send(Buffer.from('curl http://b/'), undefined)
  assert.deepEqual(said, { text: `Your request: ${problem.message}.`, good: false })
})
