import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actions } from '../../src/rules/actions/table.ts'
import { filesOf, RulePartError, readAction, readRule, showRule } from '../../src/rules/rule.ts'
import { RuleError } from '../../src/rules/rule-error.ts'

const mistakeOf = (when: string, ...todo: readonly string[]) => {
  try {
    readRule({ when, do: todo })
  } catch (error) {
    assert.ok(error instanceof RulePartError)
    return {
      part: error.part,
      at: error.mistake.position,
      expected: error.mistake.expected,
      found: error.mistake.found,
    }
  }
  return undefined
}

test('a rule is its filter and its actions, and goes by its text or its name', () => {
  const source = { when: '~d a', do: ['set-header request x y', 'remove-header response z'] }
  const rule = readRule(source)
  assert.deepEqual(
    rule.actions.map(({ did }) => did),
    ['set request header x', 'remove response header z'],
  )
  assert.equal(rule.by, '~d a => set-header request x y; remove-header response z')
  assert.deepEqual([rule.enabled, rule.stop], [true, false])
  assert.equal(readRule({ ...source, name: 'mine', enabled: false, stop: true }).by, 'mine')
  assert.equal(showRule({ when: ' ', do: ['block reset'] }), '~all => block reset')
})

test('a mistake names the part, the place in it, and what was expected', () => {
  assert.deepEqual(mistakeOf('~d', 'set-header request x y'), {
    part: 'when',
    at: 2,
    expected: 'host after ~d',
    found: 'the end',
  })
  assert.equal(mistakeOf('', 'set-header request x y', 'paint')?.part, 1)
  assert.match(mistakeOf('', 'paint')?.expected ?? '', /^an action: set-header, /)
  assert.deepEqual(mistakeOf('', 'set-header request x'), { part: 0, at: 20, expected: 'a value', found: 'the end' })
  assert.deepEqual(mistakeOf('', 'remove-header request x y'), { part: 0, at: 24, expected: 'the end', found: '"y"' })
  assert.equal(mistakeOf('', ...Array<string>(101).fill('remove-header request x'))?.part, 100)
})

test('a filter that cannot be answered in time is a mistake', () => {
  assert.match(mistakeOf('~dur >1s', 'set-header request x y')?.found ?? '', /^~dur, which is known afterwards/)
  assert.match(mistakeOf('~c 200', 'set-header request x y')?.found ?? '', /^~c/)
  assert.equal(mistakeOf('~c 200', 'set-header response x y'), undefined)
})

test('the example of every action is a rule', () => {
  for (const { name, example } of actions) {
    const [when = '', todo = ''] = example.split(' => ')
    assert.equal(mistakeOf(when, todo), undefined, example)
    assert.ok(todo.startsWith(name), example)
    assert.ok(readAction(todo).did.length > 0)
  }
})

test('the files that an action names are known, as they are written', () => {
  assert.deepEqual(filesOf('script --heads ./a.ts'), ['./a.ts'])
  assert.deepEqual(filesOf('tls cert=/k.pem'), ['/k.pem'])
  assert.deepEqual(filesOf('block 403'), [])
  assert.throws(() => filesOf('nothing'), RuleError)
})
