import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rulesInfo, rulesLines } from '../../../src/tui/rules/lines.ts'
import { rowWorld, texts } from '../world.ts'
import { counted, rule } from './rules.ts'

test('a rule from a file of somebody else is printable', () => {
  const bare = rowWorld([])
  const all = counted([rule('~u \x1b[2J', 'mock 200 \x1b]0;x\x07', { name: 'n\u202e' })])
  const world = { ...bare, status: { ...bare.status, rules: { all } } }
  const screen = { kind: 'rules', cursor: 0, top: 0 } as const
  assert.doesNotMatch(texts(rulesLines(screen, world)).join(''), /[\x1b\x07\u202e]/)
  assert.deepEqual(rulesInfo(screen, world), [])
})
