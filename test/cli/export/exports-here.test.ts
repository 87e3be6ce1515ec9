import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { exportsHere, formatsHere } from '../../../src/cli/export/exports-here.ts'
import { withCapture } from '../../export/made-capture.ts'
import { connectionOf, exchangeOf } from '../../store/samples.ts'

test('the screen writes what it was asked for, and never over another file', () =>
  withCapture(
    writer => {
      writer.connection(connectionOf(1))
      for (const id of [1, 2, 3]) writer.exchange(exchangeOf(id, { path: '/?token=abc' }))
    },
    async (capture, folder) => {
      const write = exportsHere(capture.info().path).export!
      const path = join(folder, 'a.har')
      const asked = { format: 'har', path, redacted: false }
      assert.equal(await write({ ...asked, flows: { after: 1, upTo: 2 } }), `${path} is written.`)
      assert.deepEqual(
        JSON.parse(readFileSync(path, 'utf8')).log.entries.map((each: { _id: number }) => each._id),
        [2],
      )
      assert.equal(statSync(path).mode & 0o777, 0o600)
      await assert.rejects(write({ ...asked, flows: {} }), /is there already/)
      const clean = join(folder, 'b.har')
      const told = await write({ ...asked, path: clean, redacted: true, flows: { ids: new Set([1]) } })
      assert.equal(told, `${clean} is written, without 1 secret.`)
      assert.doesNotMatch(readFileSync(clean, 'utf8'), /abc/)
      await assert.rejects(
        write({ ...asked, format: 'keylog', path: join(folder, 'k'), redacted: true, flows: {} }),
        /nothing but secrets/,
      )
      await assert.rejects(write({ ...asked, path: join(folder, 'none/x'), flows: {} }), /there is no such folder/)
    },
  ))

test('the menu has every format', () => {
  assert.ok(formatsHere.some(({ key, ending }) => key === 'har' && ending === '.har'))
})
