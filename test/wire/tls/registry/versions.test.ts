import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isTls13,
  showVersion,
  ssl30,
  tls10,
  tls11,
  tls12,
  tls13,
  versions,
} from '../../../../src/wire/tls/registry/versions.ts'

test('versions have their names', () => {
  assert.deepEqual([0x0002, 0x0300, 0x0303, 0x0304, 0x7f1c, 0x0305].map(showVersion), [
    'SSL 2.0 (0x0002)',
    'SSL 3.0 (0x0300)',
    'TLS 1.2 (0x0303)',
    'TLS 1.3 (0x0304)',
    'TLS 1.3 draft 28 (0x7f1c)',
    '0x0305',
  ])
})

test('drafts are TLS 1.3; no version and TLS 1.2 are not', () => {
  assert.deepEqual([0x0304, 0x7f17, 0x0303, undefined].map(isTls13), [true, true, false, false])
})

test('a constant has the number that the registry calls so', () => {
  const names = [ssl30, tls10, tls11, tls12, tls13].map(version => versions[version])
  assert.deepEqual(names, ['SSL 3.0', 'TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'])
})
