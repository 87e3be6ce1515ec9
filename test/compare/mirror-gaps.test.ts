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

test('a hello of very many extensions is looked through once, not once a gap', () => {
  const types = Array.from({ length: 400_000 }, (_, type) => ({ type, data: new Uint8Array(0), start: 0 }))
  const gaps = types.map(({ type }) => gap('extension', type))
  const sent = makeHello({ extensions: types.slice(1) })
  assert.deepEqual(gapsBetween(gaps, makeHello({ extensions: types }), sent), gaps.slice(0, 1))
})

test('a hello that was not mirrored has no list of gaps', () => {
  assert.equal(gapsBetween(undefined, makeHello(), makeHello()), undefined)
})

test('GREASE that a list lost is a gap, GREASE of another value is none', () => {
  const hello = makeHello({ cipherSuites: [0x1a1a, 0x1301], supportedGroups: [0x2a2a, 29] })
  const sent = makeHello({ cipherSuites: [0x1301], supportedGroups: [0x3a3a, 29] })
  assert.deepEqual(
    gapsBetween([], hello, sent)?.map(({ kind, id }) => [kind, id]),
    [['cipherSuite', 0x0a0a]],
  )
  const extension = { type: 0x4a4a, data: new Uint8Array(0), start: 0 }
  assert.deepEqual(
    gapsBetween([], makeHello({ extensions: [extension] }), makeHello({ extensions: [] }))?.map(({ kind }) => kind),
    ['extension'],
  )
})

test('an extension of another content is a gap, whether it was reported or not', () => {
  const settings = (data: number) => makeHello({ extensions: [{ type: 17613, data: Uint8Array.of(data), start: 0 }] })
  assert.deepEqual(
    gapsBetween([], settings(1), settings(2))?.map(({ kind, id }) => [kind, id]),
    [['extension', 17613]],
  )
  assert.deepEqual(gapsBetween([], settings(1), settings(1)), [])
  const reported = [gap('extension', 17613)]
  assert.deepEqual(gapsBetween(reported, settings(1), settings(2)), reported)
})
