import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readmePath, withTables } from './docs.ts'

test('the README has the options as their rows say; `npm run docs` writes it', () => {
  const readme = readFileSync(readmePath, 'utf8')
  assert.equal(readme, withTables(readme))
  assert.match(readme, /\| `-l`, `--listen HOST:PORT` \| listen on this address/)
})
