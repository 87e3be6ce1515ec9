import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { bodyFileHeader } from '../../src/store/body-file.ts'
import { KeptFileError, refuseKeptFile } from '../../src/store/kept-file.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'

test('a capture and the bodies of one are refused; other files, folders and what is not there are not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-'))
  try {
    const capture = join(folder, 'a.parley')
    openCaptureWriter(capture).close()
    writeFileSync(join(folder, 'bodies'), bodyFileHeader(new Uint8Array(16)))
    for (const path of [capture, join(folder, 'bodies')]) assert.throws(() => refuseKeptFile(path), KeptFileError)
    writeFileSync(join(folder, 'a.har'), '{"log":{}}')
    for (const path of [join(folder, 'a.har'), join(folder, 'none'), folder, '/dev/null']) refuseKeptFile(path)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
