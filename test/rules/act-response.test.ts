import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actOnAnswer, actOnResponse, responseVerdict } from '../../src/rules/act-response.ts'
import { planOf } from '../../src/rules/plan.ts'
import { readRule } from '../../src/rules/rule.ts'
import { emptyWorld } from './actions/acting.ts'
import { requestOf, responseOf } from './heads.ts'

const stepsOf = (...todo: readonly string[]) => planOf(readRule({ when: '', do: todo }), 0).response

test('a verdict says only what changed', async () => {
  const head = responseOf()
  const of = async (...todo: readonly string[]) =>
    responseVerdict(await actOnResponse(stepsOf(...todo), requestOf(), { head }, emptyWorld), head, undefined)
  assert.deepEqual(await of('remove-header response x'), { type: 'pass', acts: [] })
  const changed = await of('set-status 404 Gone', 'add-header response x y')
  assert.ok(changed.type === 'change')
  assert.deepEqual([changed.head?.status, changed.head?.headers.at(-1)], [404, ['x', 'y']])
})

test('an answer of Parley’s own is changed as one of a server', async () => {
  const answer = { status: 200, headers: [['a', 'b']] as const, body: Buffer.from('x') }
  const verdict = { type: 'answer', acts: [{ by: 'm', did: 'mock' }], answer } as const
  assert.equal(await actOnAnswer(verdict, requestOf(), () => [], emptyWorld), verdict)
  const done = await actOnAnswer(verdict, requestOf(), () => stepsOf('set-header response a c'), emptyWorld)
  assert.ok(done.type === 'answer')
  assert.deepEqual(done.answer, { ...answer, headers: [['a', 'c']] })
  assert.deepEqual(
    done.acts.map(({ did }) => did),
    ['mock', 'set response header a'],
  )
})
