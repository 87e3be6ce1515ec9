import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { holdNotes } from '../../src/cli/fail.ts'
import { openNamed } from '../../src/cli/open-capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { exchangeOf } from '../store/samples.ts'
import { ownFolder } from './recorded-run.ts'

/** What is noted while a capture is opened. */
function notesOf(path: string): string {
  const release = holdNotes()
  openNamed(path).close()
  const said: string[] = []
  const write = process.stderr.write
  process.stderr.write = text => said.push(String(text)) > 0
  release()
  process.stderr.write = write
  return said.join('')
}

test('a capture whose bodies are missing opens, with a note that says which file and what to do', () => {
  const path = join(ownFolder(), 'a.parley')
  const writer = openCaptureWriter(path)
  writer.exchange(exchangeOf(1))
  writer.body(1, 'response', 0, new Uint8Array(5000))
  writer.close()
  assert.equal(notesOf(path), '')
  rmSync(`${path}-bodies`)
  assert.match(
    notesOf(path),
    /^parley: the file with the large bodies is not beside .*a\.parley-bodies.*\. Put it there.*\n$/,
  )
})
