import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { ownFolder } from '../recorded-run.ts'
import { runCli } from '../run-cli.ts'

interface Report {
  readonly well: boolean
  readonly groups: readonly { readonly title: string; readonly findings: readonly { what: string; level: string }[] }[]
}

test('all is told in groups, nothing is changed, and the exit code says whether all is well', async t => {
  const folder = ownFolder()
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address() as { readonly port: number }
  const free = await runCli(folder, 'doctor', '--quick', '--listen', '127.0.0.1:0')
  assert.match(free.stdout, /^This machine\n {2}ok {7}Node /)
  assert.match(free.stdout, /\nall is well(?:, with \d+ notes?)?\n$/)
  assert.deepEqual([free.code, free.stderr], [0, ''])
  const taken = await runCli(folder, 'doctor', '--quick', '--listen', `127.0.0.1:${port}`)
  assert.match(taken.stdout, /trouble {2}address .* has 127\.0\.0\.1:\d+\n +→ parley --listen 127\.0\.0\.1:\d+\n/)
  assert.equal(taken.code, 1)
  assert.deepEqual(readdirSync(folder), [])
})

test('a config file that no command would take is a finding, not the end', async () => {
  const folder = ownFolder()
  const path = join(folder, 'config.json')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, '{"options":{"listne":"1"}}')
  const { code, stdout } = await runCli(
    folder,
    'doctor',
    '--quick',
    '--json',
    '--listen',
    '127.0.0.1:0',
    '--config',
    path,
  )
  const { well, groups }: Report = JSON.parse(stdout)
  const config = groups.flatMap(({ findings }) => findings).find(({ what }) => what === 'config file')
  assert.deepEqual([code, well, config?.level], [1, false, 'trouble'])
})

test('what a killed Parley left is undone and told', async () => {
  const folder = ownFolder()
  const left = join(folder, 'parley', 'left')
  mkdirSync(left, { recursive: true })
  const touched = [{ kind: 'folder', key: left, before: '', owner: 2 ** 30 }]
  writeFileSync(join(folder, 'parley', 'touched.json'), JSON.stringify(touched))
  const { stdout } = await runCli(folder, 'doctor', '--quick', '--listen', '127.0.0.1:0')
  assert.match(stdout, /left behind .*\sa\s+folder\s+of\s+a\s+command:\s+undone\s+just\s+now/)
  assert.equal(existsSync(left), false)
})
