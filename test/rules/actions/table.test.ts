import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionNamed, actions } from '../../../src/rules/actions/table.ts'

test('every action goes by one name, and says what it does', () => {
  const names = actions.map(({ name }) => name)
  assert.deepEqual([...new Set(names)], names)
  for (const kind of actions) {
    assert.equal(actionNamed(kind.name), kind)
    assert.match(kind.name, /^[a-z]+(-[a-z]+)*$/)
    assert.ok(kind.says.length > 10 && kind.example.includes(` => ${kind.name}`), kind.name)
  }
  assert.equal(actionNamed('constructor'), undefined)
})
