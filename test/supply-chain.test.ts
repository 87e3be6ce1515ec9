/** What `npm ci` brings is what the lock file says, byte for byte. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

interface Locked {
  readonly version?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly dev?: boolean
  readonly hasInstallScript?: boolean
  readonly os?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const read = (path: string) => JSON.parse(readFileSync(join(import.meta.dirname, '..', path), 'utf8'))
const locked = read('package-lock.json').packages as Readonly<Record<string, Locked>>
const isOwn = (path: string): boolean => !path.includes('node_modules/') || locked[path]?.link === true

test('every package is pinned by the hash of its contents', () => {
  const loose = Object.entries(locked).filter(
    ([path, { integrity = '' }]) => !isOwn(path) && !/^sha512-/.test(integrity),
  )
  assert.deepEqual(loose, [])
})

test('the Node of each platform is one of them', () => {
  const platforms = read('runtime/package.json').optionalDependencies as Readonly<Record<string, string>>
  assert.deepEqual(locked.runtime?.optionalDependencies, platforms)
  for (const [name, version] of Object.entries(platforms)) {
    const { version: pinned, os } = locked[`node_modules/${name}`] ?? {}
    assert.equal(pinned, version)
    assert.ok(os)
  }
})

test('only packages that are named may run a script when they are installed', () => {
  const scripted = Object.keys(locked).filter(path => locked[path]!.hasInstallScript)
  const names = scripted.map(path => path.replace(/^.*node_modules\//, ''))
  assert.deepEqual(new Set(names), new Set(Object.keys(read('package.json').allowScripts)))
})

test('what Parley needs to run has no native code and runs no script when it is installed', () => {
  const needed = Object.keys(locked).filter(path => path.includes('node_modules/') && !locked[path]!.dev)
  assert.ok(needed.length > 50)
  assert.deepEqual(
    needed.filter(path => locked[path]!.hasInstallScript),
    [],
  )
  const native = needed.flatMap(path =>
    readdirSync(join(import.meta.dirname, '..', path), { recursive: true, encoding: 'utf8' })
      .filter(file => /(?:^|[/\\])binding\.gyp$|\.node$/.test(file))
      .map(file => join(path, file)),
  )
  assert.deepEqual(native, [])
})
