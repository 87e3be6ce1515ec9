import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as door from '../../ca/index.ts'

test('the door shows the authority and its error, and no more', () => {
  assert.deepEqual(Object.keys(door).sort(), ['AuthorityError', 'openAuthority'])
})

test('the authority imports nothing from src, nor sockets', () => {
  const folder = new URL('../../ca/', import.meta.url)
  for (const name of readdirSync(folder).filter(file => file.endsWith('.ts'))) {
    const imports = [...readFileSync(new URL(name, folder), 'utf8').matchAll(/from '([^']+)'/g)].map(match => match[1]!)
    for (const from of imports) {
      assert.match(
        from,
        /^(\.\/[\w-]+\.ts|node-forge|node:(crypto|fs|fs\/promises|module|os|path|url|util))$/,
        `${name} imports ${from}`,
      )
    }
  }
})
