import assert from 'node:assert/strict'
import { test } from 'node:test'
import { removeJson, setJson } from '../../../src/rules/actions/json-body.ts'
import { responseOf } from '../heads.ts'
import { readBy } from './acting.ts'
import { textOf, throughRequest, throughResponse } from './bodies.ts'

const json = responseOf({ headers: [['content-type', 'application/problem+json; charset=utf-8']] })

test('what is JSON is put as it is written, other text as a string', async () => {
  for (const [value, put] of [
    ['1e400', '1e400'],
    ['true', 'true'],
    [`'{"x": [1]}'`, '{"x": [1]}'],
    ['yes', '"yes"'],
    [`'"quoted"'`, '"quoted"'],
    ['', undefined],
  ] as const)
    if (put === undefined) assert.throws(() => readBy(setJson, 'response $.a'), { name: 'RuleError' })
    else {
      const draft = await throughResponse(
        readBy(setJson, `response $.a ${value}`),
        '{"a":0, "n":10000000000000000001}',
        json,
      )
      assert.equal(textOf(draft), `{"a":${put}, "n":10000000000000000001}`)
    }
})

test('members are removed at every depth', async () => {
  const draft = await throughRequest(readBy(removeJson, 'request $..debug'), '{"debug":1,"a":[{"debug":2}]}')
  assert.equal(textOf(draft), '{"a":[{}]}')
})

test('JSON that is cut is left alone, with the reason', async () => {
  await assert.rejects(
    () => throughResponse(readBy(setJson, 'response $.a 1'), '{"a":', json),
    /no JSON at character 6/,
  )
})

test('pages and images that match besides are not meant', async () => {
  assert.equal(textOf(await throughResponse(readBy(setJson, 'response $.a 1'), '<p>')), '<p>')
})

test('an empty body has nothing to change', async () => {
  assert.equal((await throughResponse(readBy(setJson, 'response $.a 1'), '', json)).body!.length, 0)
})

test('mistakes have their place', () => {
  for (const [kind, text, position] of [
    [setJson, 'request a 1', 8],
    [removeJson, 'request $.a[', 8],
    [removeJson, 'request $.a b', 12],
  ] as const)
    assert.throws(() => readBy(kind, text), { name: 'RuleError', position }, text)
})

test('a large body is edited in turns, and whoever else waits has theirs between', async () => {
  const text = `{"rows":[${'{"a":1},'.repeat(1_000_000)}{"a":1}],"last":1}`
  const action = readBy(setJson, 'response --most 64m $.last 2')
  let turns = 0
  const timer = setInterval(() => {
    turns++
  }, 1)
  const draft = await throughResponse(action, text, json)
  clearInterval(timer)
  assert.equal(textOf(draft), `${text.slice(0, -2)}2}`)
  assert.ok(turns > 20, `${turns} turns of others`)
})

test('a mistake that shows late is told all the same', async () => {
  const broken = `[${'[1],'.repeat(50_000)}`
  await assert.rejects(() => throughResponse(readBy(setJson, 'response $.a 1'), broken, json), /no JSON at character/)
})
