import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { keepOption } from '../../src/cli/keep-option.ts'
import { inFolder } from '../store/samples.ts'

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

test('an option is put into a file that is made for it, and then beside what is there', () =>
  inFolder(folder => {
    const path = join(folder, 'deep', 'config.json')
    keepOption(path, 'pass-through', ['a.example'])
    assert.deepEqual(read(path), { options: { 'pass-through': ['a.example'] } })
    writeFileSync(path, '{"keys": {"list": {"x": "down"}}, "options": {"insecure": true, "pass-through": "b"}}')
    keepOption(path, 'pass-through', ['c'])
    assert.deepEqual(read(path), {
      keys: { list: { x: 'down' } },
      options: { insecure: true, 'pass-through': ['c'] },
    })
  }))

test('a file that cannot be read as a table is not changed', () =>
  inFolder(folder => {
    const path = join(folder, 'config.json')
    for (const text of ['{"options": [', '{"options": []}', '[]']) {
      writeFileSync(path, text)
      assert.throws(() => keepOption(path, 'pass-through', []), /was not changed/)
      assert.equal(readFileSync(path, 'utf8'), text)
    }
  }))
