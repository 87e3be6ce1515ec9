import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const door = fileURLToPath(new URL('../../src/tui/run-tui.tsx', import.meta.url))
const loader = fileURLToPath(new URL('../../src/tui/load-mount.ts', import.meta.url))
const program = `(async () => {
  await import(${JSON.stringify(door)})
  const { loadMount } = await import(${JSON.stringify(loader)})
  await loadMount()
  const run = Object.values(require.cache).filter(({ loaded }) => loaded) // others were only looked through for their names
  const builds = run.map(({ id }) => /react.*\\.(development|production)\\.js$/.exec(id)?.[1])
  console.log([...new Set(builds.filter(Boolean))].join(), process.env.NODE_ENV)
})()`

/** Which builds of React a process with that environment loads, and its NODE_ENV afterwards. */
function loaded(nodeEnv: string | undefined): string {
  const { NODE_ENV: _, ...rest } = process.env
  const env = nodeEnv === undefined ? rest : { ...rest, NODE_ENV: nodeEnv }
  return execFileSync(process.execPath, ['--import', 'tsx', '-e', program], { env, encoding: 'utf8' }).trim()
}

test('the screens run on React’s production build alone and leave the environment as it was', () => {
  assert.equal(loaded(undefined), 'production undefined')
})

test('who asks for the development build gets it', () => {
  assert.equal(loaded('development'), 'development development')
})
