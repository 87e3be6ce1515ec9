import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noteListening } from '../../src/cli/note-listening.ts'
import type { Run } from '../../src/cli/run.ts'

test('every address is said, and in whose place it is', t => {
  const write = t.mock.method(process.stderr, 'write', () => true)
  const server = { target: { host: 'a.example', port: 443 }, secure: true }
  const reverse = [{ host: '127.0.0.1', port: 9000, server }]
  noteListening({ host: '::1', port: 8080, capturePath: '/tmp/c.parley', reverse } as unknown as Run)
  const said = write.mock.calls.map(({ arguments: [text] }) => String(text)).join('')
  write.mock.restore()
  assert.match(said, /listening on \[::1\]:8080, writing \/tmp\/c\.parley/)
  assert.match(said, /listening on 127\.0\.0\.1:9000 in the place of https:\/\/a\.example/)
})
