import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Run } from '../../src/cli/run.ts'
import { withRedirect } from '../../src/cli/transparent.ts'
import { ownFolder } from './recorded-run.ts'

ownFolder()
const at = { host: '127.0.0.1', port: 8081 }

function silenced(t: TestContext): string[] {
  const said: string[] = []
  t.mock.method(process.stderr, 'write', (text: string) => said.push(text) > 0)
  return said
}

test('without --setup the rules are said, with how to take them away, and nothing is touched', async t => {
  const said = silenced(t)
  const run = {} as Run
  assert.equal(await withRedirect(run, at, false), run)
  assert.match(
    said.join(''),
    /nft -f - <<'END'\ntable ip parley_\d+ \{.*redirect to :8081.*nft delete table ip parley_\d+\n/s,
  )
})

test('where nft cannot be run the run ends, and it is said what is needed', async t => {
  silenced(t)
  const path = process.env.PATH
  process.env.PATH = '/nowhere'
  t.after(() => {
    process.env.PATH = path
  })
  let closed = 0
  const run = { close: async () => void closed++ } as unknown as Run
  await assert.rejects(withRedirect(run, at, true), /nft/)
  assert.equal(closed, 1)
})
