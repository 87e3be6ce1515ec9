import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogue, type Failure } from '../../src/problem/codes.ts'
import { briefRemedy, inShape, withKey } from '../../src/view/remedy.ts'

test('a command in a remedy has the shape that works where the person stands', () => {
  assert.equal(inShape('`parley ca path` prints its file.', 'npx parley'), '`npx parley ca path` prints its file.')
  assert.equal(inShape('Parley, parley is', 'npx parley'), 'Parley, parley is')
  assert.equal(inShape('run parley open FILE', '$& /x'), 'run $& /x open FILE')
})

test('the remedy in a row is that of the problem', () => {
  assert.equal(briefRemedy('tls/client-rejected-leaf', 'long', 'parley'), 'trust the CA: parley ca path')
  assert.equal(
    briefRemedy('tcp/refused', 'Check that the server is running on that port.', 'parley'),
    'Check that the server is running on that port',
  )
  assert.equal(briefRemedy('x/y', 'Check the route; if only IPv6 fails, do that.', 'parley'), 'Check the route')
  assert.equal(briefRemedy('x/y', undefined, 'parley'), undefined)
})

test('no remedy of the catalogue names a key; the screen of a proxy adds it', () => {
  const remedies = Object.values(catalogue).flatMap(({ remedy, brief }: Failure) => [remedy ?? '', brief ?? ''])
  assert.deepEqual(
    remedies.filter(text => /\bP\b/.test(text)),
    [],
  )
  assert.equal(
    withKey('Pass this host through (--pass-through): x'),
    'Pass this host through (P, or --pass-through): x',
  )
})
