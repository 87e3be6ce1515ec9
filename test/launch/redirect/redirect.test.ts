import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Journal } from '../../../src/launch/journal.ts'
import { redirectRules, setRedirect, takeAwayOrphans } from '../../../src/launch/redirect/redirect.ts'

function journalFor(t: TestContext): Journal {
  const folder = mkdtempSync(join(tmpdir(), 'parley-redirect-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return new Journal(join(folder, 'touched.json'))
}
const rulesAt = (host: string): string => redirectRules({ host, port: 8081, ports: [80, 443], user: 1000 }, 'parley_1')

test('on loopback the connections of this machine are led there, but for the user that Parley runs as', () => {
  assert.equal(
    rulesAt('127.0.0.1'),
    `table ip parley_1 {
  chain output {
    type nat hook output priority -100; policy accept;
    meta skuid != 1000 tcp dport { 80, 443 } redirect to :8081
  }
}
`,
  )
})

test('elsewhere those of other machines as well, in the family of the address', () => {
  for (const [host, family] of [
    ['0.0.0.0', 'ip'],
    ['::', 'inet'],
    ['2001:db8::1', 'ip6'],
  ] as const) {
    assert.match(rulesAt(host), new RegExp(`^table ${family} parley_1 `))
    assert.match(rulesAt(host), /prerouting priority -100; policy accept;\n {4}tcp dport/)
  }
})

test('the journal knows the rules before they are set, until they are gone', t => {
  const journal = journalFor(t)
  const ran: string[] = []
  const run = (script: string) => {
    ran.push(script)
    assert.equal(journal.touched('redirect').length, 1)
    return undefined
  }
  const undo = setRedirect(rulesAt('127.0.0.1'), 'parley_1', journal, run)
  undo()
  assert.deepEqual(ran, [rulesAt('127.0.0.1'), 'table ip parley_1\ndelete table ip parley_1\n'])
  assert.deepEqual(journal.touched('redirect'), [])
})

test('rules that nft refuses are said, and nothing is left', t => {
  const journal = journalFor(t)
  const refuse = () => 'Operation not permitted'
  assert.throws(
    () => setRedirect(rulesAt('::'), 'parley_1', journal, refuse),
    /refuses the rules: Operation not permitted/,
  )
  assert.deepEqual(journal.touched('redirect'), [])
})

test('what a Parley left that is gone is taken away; a journal that somebody wrote into runs nothing', t => {
  const journal = journalFor(t)
  const gone = 2 ** 22 + 1 // no process has such a number
  journal.note({ kind: 'redirect', key: 'parley_7', before: 'inet', owner: gone })
  journal.note({ kind: 'redirect', key: 'x; flush ruleset', before: 'ip', owner: gone })
  journal.note({ kind: 'redirect', key: 'parley_8', before: 'ip', owner: process.pid })
  const ran: string[] = []
  takeAwayOrphans(journal, script => void ran.push(script))
  assert.deepEqual(ran, ['table inet parley_7\ndelete table inet parley_7\n'])
  assert.deepEqual(
    journal.touched('redirect').map(({ key }) => key),
    ['x; flush ruleset', 'parley_8'],
  )
})
