import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportFormats, exportKeys, loadExporter } from '../../src/export/exporters.ts'
import { sourceOf, withCapture, written } from './made-capture.ts'

test('every format goes by its word, says what it is and how its files end', async () => {
  for (const key of exportKeys) {
    const { says, ending } = exportFormats[key]
    assert.equal((await loadExporter(key)).key, key)
    assert.match(says, /^\S.{10,70}$/)
    assert.match(ending, /^\.[a-z0-9.]+$/)
  }
})

test('of an empty capture every format can be written', async () => {
  const all = await Promise.all(exportKeys.map(loadExporter))
  withCapture(
    () => {},
    capture => {
      for (const exporter of all) assert.equal(typeof written(exporter, sourceOf(capture)), 'string')
    },
  )
})
