import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { TailedFile } from '../../../src/export/live/tailed-file.ts'
import { inFolder } from '../../store/samples.ts'

test('the file is whole after every piece, the person’s alone, and in the place of the old one', () => {
  inFolder(folder => {
    const path = join(folder, 'a')
    writeFileSync(path, 'much longer than before', { mode: 0o644 })
    const file = new TailedFile(path, '[', ']')
    const read = () => readFileSync(path, 'utf8')
    assert.deepEqual([read(), statSync(path).mode & 0o777, readdirSync(folder)], ['[]', 0o600, ['a']])
    file.add('1')
    assert.equal(read(), '[1]')
    file.add(',"ö"')
    file.add(',3')
    assert.equal(read(), '[1,"ö",3]')
    file.close()
    assert.throws(() => file.add('4'))
    assert.equal(read(), '[1,"ö",3]')
    assert.throws(() => new TailedFile(join(folder, 'none', 'a'), '', ''), { code: 'ENOENT' })
  })
})
