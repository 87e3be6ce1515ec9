import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gapsBetween } from '../../src/compare/mirror-gaps.ts'
import { makeHello } from './make.ts'

const gap = (kind: string, id: number) => ({ kind, id, reason: 'r' })
const extensions = (data: number) => [{ type: 21, data: Uint8Array.of(data), start: 0 }]

test('an extension that was sent with the same content is no gap', () => {
  const gaps = [gap('extension', 21), gap('extension', 27), gap('cipherSuite', 21)]
  const [hello, alike, other] = [0, 0, 1].map(data => makeHello({ extensions: extensions(data) }))
  assert.deepEqual(gapsBetween(gaps, hello, alike), gaps.slice(1))
  assert.deepEqual(gapsBetween(gaps, hello, other), gaps)
  assert.deepEqual(gapsBetween(gaps, undefined, alike), gaps)
})

test('a hello that was not mirrored has no list of gaps', () => {
  assert.equal(gapsBetween(undefined, makeHello(), makeHello()), undefined)
})
