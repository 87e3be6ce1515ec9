import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { parseFilter } from '../../src/filter/parser.ts'
import { openCapture } from '../../src/store/capture.ts'
import { writeNote } from '../../src/store/notes.ts'
import { migrations } from '../../src/store/schema.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { exchangeOf, inFolder } from './samples.ts'

test('a mark and a comment stay with their flow, while it is recorded and afterwards', () => {
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    for (const id of [1, 2, 3]) writer.exchange(exchangeOf(id))
    writer.note(2, { marked: true, comment: 'slow' })
    writer.close()
    writeNote(path, 3, { marked: false, comment: 'why?' })
    const capture = openCapture(path)
    const [one, two, three] = capture.flows({ limit: 3 })
    assert.deepEqual([one!.marked, two!.marked, two!.comment, three!.comment], [undefined, true, 'slow', 'why?'])
    assert.deepEqual(capture.marked(), [2])
    const fitting = (text: string) => capture.flows({ filter: parseFilter(text), limit: 3 }).map(({ id }) => id)
    assert.deepEqual([fitting('~marked'), fitting('~comment WHY'), fitting('!~marked')], [[2], [3], [1, 3]])
    writeNote(path, 2, { marked: false, comment: '' })
    assert.deepEqual(capture.marked(), [])
    capture.close()
  })
})

test('a capture of the first version gets its notes when it is opened', () => {
  inFolder(folder => {
    const path = join(folder, 'old.parley')
    const old = new DatabaseSync(path)
    old.exec(migrations[0]!)
    old.exec('INSERT INTO capture VALUES (1, 0, 0, 0); PRAGMA application_id = 1349676153; PRAGMA user_version = 1')
    old.close()
    writeNote(path, 1, { marked: true, comment: '' })
    const capture = openCapture(path)
    assert.deepEqual(capture.marked(), [1])
    capture.close()
  })
})

test('a file that is not there says so', () => {
  inFolder(folder => {
    const path = join(folder, 'none.parley')
    assert.throws(() => writeNote(path, 1, { marked: true, comment: '' }), { code: 'store/missing' })
  })
})
