import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Journal, JournalError } from '../../src/launch/journal.ts'

function journalIn(t: TestContext): Journal {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return new Journal(join(folder, 'deep', 'touched.json'))
}

test('what is noted is there for the next one who looks, until it is forgotten', t => {
  const journal = journalIn(t)
  assert.deepEqual(journal.touched('store'), [])
  journal.note({ kind: 'store', key: '/etc/a', before: 'absent' })
  journal.note({ kind: 'proxy', key: 'gnome', before: 'none', owner: 7 })
  const next = new Journal(journal.path)
  assert.deepEqual(next.touched('store'), [{ kind: 'store', key: '/etc/a', before: 'absent' }])
  next.forget({ kind: 'store', key: '/etc/a' })
  next.forget({ kind: 'store', key: 'never there' })
  assert.deepEqual(journal.touched('store'), [])
  assert.equal(journal.touched('proxy').length, 1)
  assert.equal(statSync(journal.path).mode & 0o777, 0o600)
})

test('the oldest state is the one to go back to, for whoever touches it last', t => {
  const journal = journalIn(t)
  journal.note({ kind: 'proxy', key: 'gnome', before: "'none'", owner: 1 })
  journal.note({ kind: 'proxy', key: 'gnome', before: "'manual'", owner: 2 })
  assert.deepEqual(journal.touched('proxy'), [{ kind: 'proxy', key: 'gnome', before: "'none'", owner: 2 }])
})

test('orphans are what a process left that is gone; what is to last has no owner', t => {
  const journal = journalIn(t)
  journal.note({ kind: 'proxy', key: 'a', before: '', owner: 11 })
  journal.note({ kind: 'proxy', key: 'b', before: '', owner: 12 })
  journal.note({ kind: 'proxy', key: 'c', before: '' })
  assert.deepEqual(
    journal.orphans('proxy', pid => pid === 11).map(({ key }) => key),
    ['b'],
  )
  journal.note({ kind: 'proxy', key: 'b', before: '', owner: process.pid })
  assert.deepEqual(
    journal.orphans('proxy', pid => pid === 11 || pid === process.pid),
    [],
  )
})

test('a process that has ended owns nothing, though its parent has not asked how', async t => {
  const journal = journalIn(t)
  const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 30'])
  t.after(() => parent.kill('SIGKILL'))
  const [said] = await once(parent.stdout, 'data')
  journal.note({ kind: 'proxy', key: 'a', before: '', owner: Number(said) })
  journal.note({ kind: 'proxy', key: 'b', before: '', owner: parent.pid! })
  for (let i = 0; i < 100 && journal.orphans('proxy').length === 0; i++) await sleep(20)
  assert.deepEqual(
    journal.orphans('proxy').map(({ key }) => key),
    ['a'],
  )
})

for (const [what, text] of [
  ['no JSON', '{'],
  ['another value', '{"kind":"a"}'],
  ['an entry without what stood before', '[{"kind":"a","key":"b"}]'],
  ['an owner that is no number', '[{"kind":"a","key":"b","before":"","owner":"1"}]'],
  ['a file beyond all size', ' '.repeat(2_000_000)],
] as const)
  test(`a damaged journal is named and left alone: ${what}`, t => {
    const journal = journalIn(t)
    journal.note({ kind: 'a', key: 'b', before: '' })
    writeFileSync(journal.path, text)
    assert.throws(() => journal.touched('a'), JournalError)
    assert.throws(() => journal.note({ kind: 'a', key: 'c', before: '' }), /touched\.json, which says .* is damaged/)
  })
