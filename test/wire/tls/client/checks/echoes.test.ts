import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  checkEchoes,
  checkEncryptedExtensions,
  checkHelloExtensions,
  checkOnce,
  checkTimestamps,
  dataOf,
  extensionsIn,
  lists,
  typesIn,
} from '../../../../../src/wire/tls/client/checks/echoes.ts'
import type { ServerHello } from '../../../../../src/wire/tls/values.ts'
import { extensionList, type Part, vector16 } from '../offer.ts'
import { extensionsOf, stateOf } from '../state-of.ts'

const empty = Buffer.alloc(0)
const hello = (told: Partial<ServerHello>, ...parts: readonly Part[]): ServerHello => ({
  legacyVersion: 0x0303,
  random: Buffer.alloc(32),
  sessionId: empty,
  cipherSuite: 0x1301,
  compressionMethod: 0,
  retry: false,
  extensions: extensionsOf(...parts),
  ...told,
})

test('a server answers what was asked, and once', () => {
  const { sent } = stateOf()
  checkEchoes(sent, extensionsOf([0, empty], [23, empty]))
  checkEchoes(sent, extensionsOf([44, empty]), [44])
  assert.throws(() => checkEchoes(sent, extensionsOf([44, empty])), { alert: 110 })
  assert.throws(() => checkEchoes(sent, extensionsOf([0, empty], [0, empty])), { alert: 47 })
  assert.throws(() => checkOnce([5, 18, 5]), { alert: 47 })
})

test('TLS_EMPTY_RENEGOTIATION_INFO_SCSV asks for renegotiation_info', () => {
  const info = extensionsOf([0xff01, Buffer.of(0)])
  const without = [0xff01]
  checkEchoes(stateOf({ without, suites: [0x1301, 0x00ff] }).sent, info)
  assert.throws(() => checkEchoes(stateOf({ without }).sent, info), { alert: 110 })
})

test('hellos and EncryptedExtensions carry what belongs there', () => {
  const modern = { selectedVersion: 0x0304 }
  checkHelloExtensions(hello(modern, [43, empty], [51, empty], [41, empty]))
  checkHelloExtensions(hello({ ...modern, retry: true }, [43, empty], [51, empty], [44, empty], [0xfe0d, empty]))
  checkHelloExtensions(hello({}, [0, empty], [10, Buffer.of(0)], [16, Buffer.of(0)], [23, empty], [35, empty]))
  for (const type of [44, 0, 23, 16])
    assert.throws(() => checkHelloExtensions(hello(modern, [type, empty])), { alert: 110 }, `${type}`)
  for (const type of [13, 21, 41, 42, 51, 17613, 0xfe0d])
    assert.throws(() => checkHelloExtensions(hello({}, [type, empty])), { alert: 110 }, `${type}`)
  for (const type of [0, 5, 22, 23, 35])
    assert.throws(() => checkHelloExtensions(hello({}, [type, Buffer.of(1)])), { alert: 50 }, `${type}`)
  checkEncryptedExtensions(extensionsOf([0, empty], [10, Buffer.of(1)], [16, Buffer.of(1)], [42, empty]))
  for (const type of [5, 11, 13, 18, 21, 22, 23, 27, 34, 35, 41, 43, 44, 45, 49, 51, 0x3374, 0xff01])
    assert.throws(() => checkEncryptedExtensions(extensionsOf([type, empty])), { alert: 47 }, `${type}`)
  for (const type of [0, 42])
    assert.throws(() => checkEncryptedExtensions(extensionsOf([type, Buffer.of(1)])), { alert: 50 }, `${type}`)
})

test('retry_configs that answer GREASE are read no further than their form', () => {
  const config = Buffer.concat([Buffer.of(0xfe, 0x0d), vector16(Buffer.from('what a client needs'))])
  const check = (data: Buffer): void => checkEncryptedExtensions(extensionsOf([0xfe0d, data]))
  check(vector16(config))
  check(vector16(config, config))
  for (const wrong of [empty, config, vector16(), vector16(config.subarray(0, -1)), vector16(config, Buffer.of(0))])
    assert.throws(() => check(wrong), { alert: 50 })
})

test('timestamps are a list of at least one, none of them empty', () => {
  const check = (data: Buffer): void => checkTimestamps(extensionsOf([18, data]))
  checkTimestamps([])
  check(vector16(vector16(Buffer.from('one')), vector16(Buffer.from('two'))))
  for (const wrong of [empty, vector16(), vector16(vector16()), vector16(vector16(Buffer.of(1)), Buffer.of(0))])
    assert.throws(() => check(wrong), { alert: 50 })
})

test('types and values are found in lists', () => {
  const list = extensionList([
    [13, Buffer.from('1234')],
    [47, empty],
  ])
  assert.deepEqual(typesIn(Buffer.concat([empty, list]), 0), [13, 47])
  assert.equal(dataOf(extensionsOf([5, Buffer.of(1)]), 5)?.[0], 1)
  assert.equal(dataOf([], 5), undefined)
  assert.equal(lists(Buffer.from('04 0002 0001'.replaceAll(' ', ''), 'hex'), 1, 1), true)
  assert.equal(lists(Buffer.from('0002 0403'.replaceAll(' ', ''), 'hex'), 2, 0x0403), true)
  assert.equal(lists(Buffer.from('0002 0403'.replaceAll(' ', ''), 'hex'), 2, 0x0304), false)
  assert.equal(lists(undefined, 2, 1), false)
})

test('a list of extensions is read where it stands in a message', () => {
  const list = Buffer.concat([
    Buffer.of(9, 9),
    extensionList([
      [5, Buffer.of(1, 2)],
      [18, empty],
    ]),
  ])
  assert.deepEqual(extensionsIn(list, 2), [
    { type: 5, data: Buffer.of(1, 2), start: 4 },
    { type: 18, data: empty, start: 10 },
  ])
})
