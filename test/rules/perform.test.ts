import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf } from '../../src/problem/problem.ts'
import { perform } from '../../src/rules/perform.ts'
import { emptyWorld } from './actions/acting.ts'

interface Draft {
  readonly type: 'draft'
  readonly text: string
  readonly body?: Uint8Array
}
type End = { readonly type: 'end'; readonly why: string }
type Result = Draft | End | Promise<Draft | End>

const planned = (did: string, step: (draft: Draft) => Result, wants = 0) => ({ by: 'rule', did, step, wants })
const add = (more: string) => planned(more, draft => ({ ...draft, text: draft.text + more }))
const run = (...steps: ReturnType<typeof planned>[]) =>
  perform<Draft, End>(steps, { type: 'draft', text: '' }, emptyWorld, {
    side: 'request',
    check: draft => (draft.text.includes('\n') ? 'it has LF' : undefined),
    lacks: ({ body }, { wants }) => (wants > 0 && body === undefined ? 'rule/body-too-large' : undefined),
  })
const did = async (...steps: ReturnType<typeof planned>[]) => (await run(...steps)).acts.map(act => act.did)

test('steps build on one another, at once where none takes its time', () => {
  const done = run(
    add('a'),
    planned('nothing', draft => draft),
    add('b'),
  )
  assert.ok(!(done instanceof Promise))
  assert.equal(done.draft.text, 'ab')
  assert.deepEqual(done.acts, [
    { by: 'rule', did: 'a', side: 'request' },
    { by: 'rule', did: 'b', side: 'request' },
  ])
})

test('one that takes its time is waited for, in order', async () => {
  const slow = planned('slow', async draft => ({ ...draft, text: `${draft.text}!` }))
  assert.equal((await run(add('a'), slow, add('b'))).draft.text, 'a!b')
})

test('an end ends', async () => {
  const end: End = { type: 'end', why: 'x' }
  assert.deepEqual(
    await did(
      add('a'),
      planned('end', () => end),
      add('b'),
    ),
    ['a', 'end'],
  )
  assert.deepEqual(
    (
      await run(
        planned('end', async () => end),
        add('b'),
      )
    ).end,
    end,
  )
})

test('what throws, or makes what cannot be sent, is a problem, and the draft stays', async () => {
  const codes = async (...steps: ReturnType<typeof planned>[]) => {
    const { draft, problems } = await run(...steps, add('z'))
    assert.equal(draft.text, 'z')
    return problems.map(({ code, message }) => `${code} ${message.split(': ').slice(1).join(': ')}`)
  }
  const fails = (): never => {
    throw new Error('no')
  }
  const missing = Object.assign(new Error('x'), { code: 'ENOENT', path: '/a' })
  assert.deepEqual(
    await codes(
      planned('a', fails),
      planned('b', async () => fails()),
    ),
    ['rule/failed rule: no', 'rule/failed rule: no'],
  )
  assert.deepEqual(await codes(planned('a', () => Promise.reject(missing))), ['rule/failed rule: there is no /a'])
  assert.deepEqual(await codes(add('\n')), ['rule/refused rule: it has LF'])
  assert.deepEqual(await codes(planned('a', draft => draft, 9)), ['rule/body-too-large rule'])
  const loop = Object.assign(new Error(), { problem: problemOf('rule/loop', { detail: 'a' }) })
  assert.deepEqual(await codes(planned('a', () => Promise.reject(loop))), ['rule/loop a'])
})
