import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import * as door from '../../ca/index.ts'

const folder = new URL('../../ca/', import.meta.url).pathname

test('the door shows the authority, its error and what is loaded when asked for, and no more', async () => {
  const { AuthorityError: _error, openAuthority: _open, ...later } = door
  assert.deepEqual(Object.keys(later).sort(), ['renewal', 'trustStore', 'trustStores'])
  assert.equal(typeof (await door.renewal()).renewAuthority, 'function')
  assert.equal(typeof (await door.trustStores()).findStores, 'function')
})

test('what opens an authority loads no trust store: a run starts no later for them', () => {
  const reached = new Set<string>()
  const visit = (path: string): void => {
    if (reached.has(path)) return
    reached.add(path)
    for (const [, from] of readFileSync(path, 'utf8').matchAll(/^(?:import|export) (?!type )[^'`]*from '(\.[^']+)'/gm))
      visit(join(path, '..', from!))
  }
  visit(join(folder, 'index.ts'))
  assert.ok(reached.has(join(folder, 'root.ts')))
  assert.deepEqual(
    [...reached].filter(path => /^(trust|forms)\//.test(path.slice(folder.length))),
    [],
  )
})

test('the authority imports nothing from src, nor sockets; its stores alone start programs', () => {
  for (const name of readdirSync(folder, { recursive: true })
    .map(String)
    .filter(file => file.endsWith('.ts'))) {
    const imports = [...readFileSync(join(folder, name), 'utf8').matchAll(/from '([^']+)'/g)].map(match => match[1]!)
    for (const from of imports) {
      const own =
        /^(\.\.?\/(forms\/|trust\/)?[\w-]+\.ts|node-forge|node:(crypto|fs|fs\/promises|module|os|path|url|util))$/
      const allowed = own.test(from) || (name === join('trust', 'step.ts') && from === 'node:child_process')
      assert.ok(allowed, `${name} imports ${from}`)
    }
  }
})
