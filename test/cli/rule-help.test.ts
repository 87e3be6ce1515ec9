import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleHelp, ruleTable } from '../../src/cli/rule-help.ts'
import { actions } from '../../src/rules/actions/table.ts'
import { readRuleFile } from '../../src/rules/rule-file.ts'

test('every action is there with its arguments and an example', () => {
  const text = ruleHelp()!
  for (const { name, usage, says, example } of actions) {
    for (const part of [name, usage, says, example]) assert.ok(text.includes(part), `${name}: ${part}`)
    assert.ok(ruleHelp(name)!.startsWith(`  ${name}`))
    assert.ok(ruleTable().includes(`| \`${name}`), name)
  }
  assert.equal(ruleHelp('paint'), undefined)
})

test('the rules that it shows are rules', () => {
  const [file = ''] = /^ {2}\[\{.*\]$/m.exec(ruleHelp()!) ?? []
  assert.equal(readRuleFile(file).length, 1)
})
