import assert from 'node:assert/strict'
import { test } from 'node:test'
import { downloadsOf } from '../../../src/proxy/site/downloads.ts'
import { platformsOf } from '../../../src/proxy/site/steps.ts'
import { root } from './make.ts'

test('every form of the root is wanted by the steps of a platform, and no other is', () => {
  const html = platformsOf(root)
    .flatMap(({ steps }) => steps.map(({ text }) => text))
    .join('\n')
  const wanted = new Set([...html.matchAll(/href="(.*?)"/g)].map(([, href]) => href))
  assert.deepEqual(wanted, new Set(downloadsOf(root).map(({ path }) => path)))
})

test('the switch that iOS wants turned on has the name of the root', () => {
  const ios = platformsOf(root).find(({ name }) => name.startsWith('iPhone'))!
  assert.match(ios.steps.at(-1)!.text, new RegExp(`turn on\\s+<em>${root.name}</em>`))
})
