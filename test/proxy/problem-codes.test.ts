import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { failures } from '../../src/compare/failures.ts'

const root = new URL('../../src/', import.meta.url).pathname
const parties = ['client', 'server', 'parley']

/** Codes in the sources of a folder; `tls/refused-by-${peer}` counts for each party that a peer can be. */
function codesIn(folder: string, skip: RegExp): Set<string> {
  const codes = new Set<string>()
  for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || skip.test(file)) continue
    const text = readFileSync(join(root, folder, file), 'utf8')
    for (const [, code = ''] of text.matchAll(/['`]((?:tls|tcp|dns|proxy|http)\/[a-z$][^'`\s]*)['`]/g))
      for (const one of expand(code)) codes.add(one)
  }
  return codes
}

function expand(code: string): string[] {
  if (!code.includes('${')) return [code]
  const how = /word\}|\? /.test(code) ? ['closed', 'reset'] : ['']
  const who = code.startsWith('tls/refused-by') ? parties : parties.slice(0, 2)
  const filled = how.flatMap(h => who.map(w => code.replace(/\$\{word\}/, h).replace(/\$\{[^}]*\}/, w)))
  return [...new Set(filled)]
}

const said = codesIn('proxy', /^never$/)
const read = codesIn('compare', /^(failures|verdict)/)

test('every code that the engine can say has its entry', () => {
  assert.ok(said.size > 40, `only ${said.size} codes found`)
  assert.deepEqual(
    [...said].filter(code => !Object.hasOwn(failures, code)),
    [],
  )
})

test('no entry stands for a code that nobody says', () => {
  assert.deepEqual(
    Object.keys(failures).filter(code => !said.has(code) && !read.has(code)),
    [],
  )
})

test('remedies name only options and commands that there are', () => {
  const options = readFileSync(join(root, 'cli/options.ts'), 'utf8')
  for (const [code, { remedy }] of Object.entries(failures)) {
    for (const [flag] of remedy.matchAll(/--[a-z-]+[a-z]/g)) assert.ok(options.includes(flag), `${code}: ${flag}`)
    for (const [, command = ''] of remedy.matchAll(/`parley ([^`]+)`/g)) assert.equal(command, 'ca path', code)
  }
})
