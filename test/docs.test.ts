import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { readmePath, withTables } from './docs.ts'

const root = dirname(readmePath)
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Where the relative links of a page lead, from the root of the project. */
const linksOf = (page: string): readonly string[] =>
  [...read(page).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, link]) => join(dirname(page), link!))

test('the README has the options and keys as their tables say; `npm run docs` writes them', () => {
  assert.equal(read('README.md'), withTables(read('README.md')))
  assert.match(read('README.md'), /\| `-l`, `--listen HOST:PORT` \| listen on this address/)
})

for (const page of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'src/README.md']) {
  test(`every link of ${page} leads to a file`, () => {
    assert.deepEqual(
      linksOf(page).filter(path => !existsSync(join(root, path))),
      [],
    )
  })
}

test('CONTRIBUTING names only files that there are', () => {
  const named = [...read('CONTRIBUTING.md').matchAll(/`((?:src|test)\/[\w./-]+)`/g)].map(([, path]) => path!)
  assert.ok(named.length > 20, `${named.length} files`)
  assert.deepEqual(
    named.filter(path => !existsSync(join(root, path))),
    [],
  )
})

test('what the README links to is in the package', () => {
  const { files } = JSON.parse(read('package.json')) as { files: readonly string[] }
  const links = linksOf('README.md')
  assert.ok(links.length > 2, String(links))
  assert.deepEqual(
    links.filter(path => path !== 'LICENSE' && !files.includes(path)), // npm packs the licence by itself
    [],
  )
})
