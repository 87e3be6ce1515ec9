import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { World } from '../../../src/tui/state/state.ts'
import { acting, rowWorld, screenAfter } from '../world.ts'

const bare = rowWorld([])
const world: World = { ...bare, status: { ...bare.status, passedThrough: new Set(['a.example', '*.b.example']) } }

test('the hosts that are passed through are listed, and the one at the cursor is removed', () => {
  assert.match(
    screenAfter(world, ['p']),
    /Passed through unread[\s\S]* a\.example[\s\S]* \*\.b\.example[\s\S]*d remove/,
  )
  const removed: string[] = []
  const observe = (pattern: string): string => {
    removed.push(pattern)
    return 'opened again'
  }
  assert.equal(acting(world, 'observe-again', ['p', 'j'], { observe }).outcome.text, 'opened again')
  assert.equal(acting(world, 'observe-again', ['p', ...'jjjj'], { observe }).outcome.tone, 'good')
  assert.deepEqual(removed, ['*.b.example', '*.b.example'])
})

test('where nothing is passed through it says how to begin', () => {
  assert.match(screenAfter(bare, ['p']), /:pass-through HOST/)
  assert.equal(acting(bare, 'observe-again', ['p']).outcome, undefined)
})

test('keeping them is told, and so is what hinders it', () => {
  const fail = (): string => {
    throw new Error('the file is not JSON')
  }
  assert.deepEqual(acting(world, 'keep-passing', ['p'], { keepPassThrough: fail }).outcome, {
    text: 'the file is not JSON',
    tone: 'bad',
  })
  assert.equal(acting(world, 'keep-passing', ['p'], { keepPassThrough: () => 'kept' }).outcome.tone, 'good')
  assert.equal(acting(world, 'keep-passing', ['p']).outcome.tone, 'bad')
})
