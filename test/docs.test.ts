import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { manPath, manual, readmePath, withTables } from './docs.ts'
import { lacking } from './lacking.ts'

const root = dirname(readmePath)
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Where the relative links of a page lead, from the root of the project. */
const linksOf = (page: string): readonly string[] =>
  [...read(page).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, link]) => join(dirname(page), link!))

test('the README has the options and keys as their tables say; `npm run docs` writes them', () => {
  assert.equal(read('README.md'), withTables(read('README.md')))
  assert.match(read('README.md'), /\| `-l`, `--listen HOST:PORT` \| listen on this address/)
})

test('the manual page is as options and commands say; `npm run docs` writes it', () => {
  assert.ok(readFileSync(manPath, 'utf8') === manual(), 'npm run docs')
})

test('groff formats the manual page without a complaint', { skip: lacking('groff') }, () => {
  const { stdout, stderr, status } = spawnSync('groff', ['-man', '-ww', '-Kutf8', '-Tutf8', '-P-cbou', manPath], {
    encoding: 'utf8',
  })
  assert.deepEqual([status, stderr], [0, ''])
  for (const text of ['--until FILTER', 'parley ca install', '~failed', '$XDG_DATA_HOME/parley', "'all ~d api"])
    assert.ok(stdout.replace(/\s+/g, ' ').includes(text), text)
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
