import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { liveKeys, loadLive } from '../../../src/export/live/live-formats.ts'
import { inFolder } from '../../store/samples.ts'

test('each format opens its file at once', () =>
  inFolder(async folder => {
    for (const key of liveKeys) {
      if (key === 'keylog') continue
      const path = join(folder, key)
      const open = await loadLive(key)
      open(path).close()
      assert.ok(existsSync(path))
    }
  }))
