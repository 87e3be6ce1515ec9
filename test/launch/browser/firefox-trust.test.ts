import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { trustInProfile } from '../../../src/launch/browser/firefox-trust.ts'
import { fakeProgram, folderOf, startIn } from './fake-browser.ts'

/** A `certutil` that notes what it is asked; it fails at what matches. */
const certutil = (folder: string, fails: RegExp): string =>
  fakeProgram(
    folder,
    'certutil',
    `import fs from 'node:fs'
const line = process.argv.slice(2).join(' ')
fs.appendFileSync('${join(folder, 'asked')}', line + '\\n')
process.exit(${fails}.test(line) ? 255 : 0)`,
  )
const asked = (folder: string): readonly string[] =>
  readFileSync(join(folder, 'asked'), 'utf8').split('\n').slice(0, -1)

test("NSS's own program makes the store and puts the root in, for servers alone", async t => {
  const folder = folderOf(t)
  certutil(folder, / -D /)
  const start = startIn(folder, { environment: { PATH: folder } })
  await trustInProfile(start)
  const store = `-d sql:${start.profile}`
  assert.deepEqual(asked(folder), [
    `${store} -D -n Parley`,
    `${store} -N --empty-password`,
    `${store} -A -n Parley -t C,, -i ${start.root.certificatePath}`,
  ])
})

test('in a kept profile the root of before goes', async t => {
  const folder = folderOf(t)
  certutil(folder, /never/)
  await trustInProfile(startIn(folder, { environment: { PATH: folder } }))
  assert.deepEqual(
    asked(folder).map(line => / -(\w) /.exec(line.replace(/-d \S+/, ''))?.[1]),
    ['D', 'A'],
  )
})

test('where that program is missing, fails, or is the one of Windows, Firefox does it', async t => {
  const folder = folderOf(t)
  const command = fakeProgram(folder, 'firefox', `import fs from 'node:fs'; fs.writeFileSync('${folder}/ran', '')`)
  const browser = { name: 'firefox', title: 'Firefox', family: 'firefox', command } as const
  for (const [fails, platform] of [
    [/ -A /, 'linux'],
    [/never/, 'win32'],
  ] as const) {
    certutil(folder, fails)
    writeFileSync(join(folder, 'asked'), '')
    const start = startIn(folder, { environment: { PATH: folder }, browser, platform })
    await assert.rejects(trustInProfile(start), /Firefox did not take the root into its store/)
    assert.equal(existsSync(join(folder, 'ran')), true)
    assert.equal(asked(folder).length, platform === 'win32' ? 0 : 2, platform)
  }
})
