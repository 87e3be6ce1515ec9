import assert from 'node:assert/strict'
import { test } from 'node:test'
import { captureFolder } from '../../src/store/data-folder.ts'

test("captures go to each platform's place for data", () => {
  assert.equal(captureFolder({ XDG_DATA_HOME: '/data' }, 'linux', '/home/a'), '/data/parley/captures')
  assert.equal(captureFolder({ XDG_DATA_HOME: 'relative' }, 'linux', '/home/a'), '/home/a/.local/share/parley/captures')
  assert.equal(captureFolder({}, 'darwin', '/Users/a'), '/Users/a/Library/Application Support/parley/captures')
  assert.equal(captureFolder({ LOCALAPPDATA: '/l' }, 'win32', '/u'), '/l/parley/captures')
})
