import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answerHolder, holding, lastAnswer } from '../../src/tui/answers.ts'

/** A clock that is set by hand, and questions whose answers are numbered. */
function asking(takes = 0) {
  const clock = { ms: 0, asked: 0 }
  const ask = (): number => {
    clock.ms += takes
    return ++clock.asked
  }
  return { clock, ask, now: () => clock.ms }
}

test('a held value is asked for anew after its time', () => {
  const { clock, ask, now } = asking()
  const held = holding<number>(250, now)
  assert.equal(held.value(ask), 1)
  clock.ms = 250
  assert.equal(held.value(ask), 1)
  clock.ms = 251
  assert.equal(held.value(ask), 2)
})

test('the last answer is known until another question, or until it is forgotten', () => {
  const { ask } = asking()
  const last = lastAnswer<number>()
  assert.deepEqual(
    [last.value('a', ask), last.value('a', ask), last.value('b', ask), last.value('a', ask)],
    [1, 1, 2, 3],
  )
  last.forget()
  assert.equal(last.value('a', ask), 4)
})

test('an answer holds for ten times as long as it took, each by its question', () => {
  const { clock, ask, now } = asking(20)
  const answers = answerHolder(now)
  assert.deepEqual([answers.value(['count', 1], ask), answers.value(['count', 2], ask)], [1, 2])
  clock.ms = 220
  assert.equal(answers.value(['count', 1], ask), 1)
  clock.ms = 221
  assert.equal(answers.value(['count', 1], ask), 3)
})

test('what is held does not grow without end', () => {
  const { ask, now } = asking(1000)
  const answers = answerHolder(now)
  for (let i = 0; i < 101; i++) answers.value([i], ask)
  assert.equal(answers.value([100], ask), 101)
  assert.equal(answers.value([0], ask), 102)
})
