import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rewritten } from '../../../src/tui/rules/commands.ts'
import { settled } from '../held-message/held.ts'
import { header, rule, rulesSession, status, stopping } from './rules.ts'

test('a rule is switched off and on again', () => {
  const { keys, written } = rulesSession([header, status])
  keys('R', 'space')
  assert.deepEqual(written(), [{ ...header, enabled: false }, status])
  keys('space', 'j', 'space')
  assert.equal(written()[0]?.enabled, undefined)
  assert.equal(written()[1]?.enabled, undefined)
})

test('rules move, and the cursor goes along; at the end nothing moves', () => {
  const { keys, written } = rulesSession([header, status, stopping])
  keys('R', 'K', 'J', 'J', 'J')
  assert.deepEqual(written(), [status, stopping, header])
  keys('K', 'd')
  assert.deepEqual(written(), [status, stopping])
  keys('d', 'd', 'd')
  assert.deepEqual(written(), [])
})

test('a rule is typed, judged while it is, and stands below the cursor', () => {
  const { keys, type, page, written } = rulesSession([header, stopping])
  keys('R', 'o')
  type('~u /x => set-headr request a b')
  assert.match(page(), /expected an action:/)
  keys('enter')
  assert.equal(written().length, 2)
  keys('ctrl-u')
  type('~u /x => set-header request a b')
  keys('enter')
  assert.deepEqual(
    written().map(({ when }) => when),
    ['~u /api', '~u /x', '~d example'],
  )
  keys('enter')
  assert.match(page(), / rule: ~u \/x => set-header request a b/)
  keys('backspace')
  type('c')
  keys('enter')
  assert.deepEqual(written()[1]?.do, ['set-header request a c'])
})

test('what an edit does not speak of stays', () => {
  const edited = rewritten(stopping, '~m GET => set-method POST')
  assert.deepEqual(edited, { ...stopping, when: '~m GET', do: ['set-method POST'] })
})

test('a rule of several actions, or all rules, are edited as a file', async () => {
  const both: typeof header = { ...header, do: [...header.do, 'set-status 500'] }
  const given: string[] = []
  const answers = ['[{"when": "~m GET", "do": "set-status 404"}]', '[{"when": "~c x", "do": "set-status 404"}]', '[]']
  const rewrite = async ({ bytes }: { bytes: Uint8Array }) => {
    given.push(Buffer.from(bytes).toString())
    return Buffer.from(answers.shift()!)
  }
  const { keys, page, written } = rulesSession([both, stopping], { rewrite })
  keys('R', 'enter')
  assert.match(page(), /several actions is edited with e/)
  keys('e')
  await settled()
  assert.deepEqual(JSON.parse(given[0]!), [both])
  assert.deepEqual(written(), [{ when: '~m GET', do: ['set-status 404'] }, stopping])
  keys('e')
  await settled()
  assert.match(page(), /Not taken: line 1, column \d+: expected/)
  keys('E')
  await settled()
  assert.deepEqual(JSON.parse(given[2]!)[1], { ...stopping, do: stopping.do[0] })
  assert.deepEqual(written(), [])
})

test('they are kept in their file, or it is told why not', () => {
  const kept = rulesSession([header], { keepRules: () => 'rules.json has 1 rule' })
  kept.keys('R', 'w')
  assert.match(kept.page(), /rules\.json has 1 rule/)
  const fails = rulesSession([header], {
    keepRules() {
      throw new Error('read-only')
    },
  })
  fails.keys('R', 'w')
  assert.match(fails.page(), /read-only/)
})

test('an editor that is not there is told', async () => {
  const { keys, page } = rulesSession([rule('', 'set-status 500')])
  keys('R', 'e')
  await settled()
  assert.match(page(), /no editor/)
})
