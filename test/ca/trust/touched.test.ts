import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { forgetTouched, noteTouched, readTouched } from '../../../ca/trust/touched.ts'
import { Journal, JournalError } from '../../../src/launch/journal.ts'
import { folderFor } from '../make.ts'
import { rootIn } from './machine.ts'

test('what was put where is remembered with the whole root, until it is forgotten', async t => {
  const folder = folderFor(t)
  const journal = new Journal(join(folder, 'touched.json'))
  const [root, other] = [await rootIn(folder), await rootIn(folder)]
  const store = { kind: 'nss', place: '/home/a b/.pki/nssdb' } as const
  noteTouched(journal, store, root)
  noteTouched(journal, store, other)
  noteTouched(journal, store, root)
  const { touched, damaged } = readTouched(journal)
  assert.deepEqual(damaged, [])
  assert.deepEqual(
    touched.map(({ store: kind, place, der, sha256 }) => [kind, place, der.equals(root.der), sha256]),
    [
      ['nss', store.place, false, other.sha256],
      ['nss', store.place, true, root.sha256],
    ],
  )
  forgetTouched(journal, touched[1]!)
  assert.deepEqual(
    readTouched(journal).touched.map(({ sha256 }) => sha256),
    [other.sha256],
  )
})

test('whatever stands in the journal: it is read, named as damaged, or refused whole', async t => {
  const folder = folderFor(t)
  const journal = new Journal(join(folder, 'touched.json'))
  const root = await rootIn(folder)
  const good = { store: 'nss', place: '/db', without: root.der.toString('base64') }
  const odd = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constant(JSON.stringify(good)),
    fc
      .tuple(fc.constantFrom('store', 'place', 'without'), fc.jsonValue())
      .map(([name, value]) => JSON.stringify({ ...good, [name]: value })),
  )
  fc.assert(
    fc.property(fc.array(odd, { maxLength: 4 }), befores => {
      const all = befores.map((before, index) => ({ kind: 'trust', key: String(index), before }))
      writeFileSync(journal.path, JSON.stringify(all))
      const { touched, damaged } = readTouched(journal)
      assert.equal(touched.length + damaged.length, all.length)
      for (const { store, place, der } of touched)
        assert.ok(
          ['system', 'nss', 'java', 'android'].includes(store) && typeof place === 'string' && der.equals(root.der),
        )
    }),
    { numRuns: 200 },
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        fc.json().map(text => Buffer.from(text)),
      ),
      bytes => {
        writeFileSync(journal.path, bytes)
        try {
          readTouched(journal)
        } catch (error) {
          assert.ok(error instanceof JournalError, String(error))
        }
      },
    ),
    { numRuns: 200 },
  )
})
