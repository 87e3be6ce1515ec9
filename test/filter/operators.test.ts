import assert from 'node:assert/strict'
import { test } from 'node:test'
import { absentOperators, operatorNamed, operators } from '../../src/filter/operators.ts'
import { parseFilter } from '../../src/filter/parser.ts'

test('every operator stands once, in alphabetical order, and none is also absent', () => {
  const names = operators.map(({ name }) => name)
  assert.deepEqual(names, [...new Set(names)].sort())
  assert.deepEqual(
    names.filter(name => absentOperators.has(name)),
    [],
  )
})

test('every value that is offered is one that the parser takes', () => {
  for (const { name, values = [] } of operators) for (const value of values) parseFilter(`~${name} ${value}`)
})

test('an unknown name has no operator', () => {
  assert.equal(operatorNamed('constructor'), undefined)
})
