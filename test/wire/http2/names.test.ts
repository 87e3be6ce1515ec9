import assert from 'node:assert/strict'
import { constants } from 'node:http2'
import { test } from 'node:test'
import { errorName, flagNames, frameType, frameTypeName, settingName } from '../../../src/wire/http2/names.ts'

test('error and setting numbers are those of the RFC', () => {
  const known = Object.entries(constants).flatMap(([name, value]) =>
    /^NGHTTP2_[A-Z]/.test(name) && name.slice(8) === errorName(value as number) ? [name] : [],
  )
  assert.equal(known.length, 14)
  assert.equal(settingName(constants.NGHTTP2_SETTINGS_MAX_FRAME_SIZE), 'MAX_FRAME_SIZE')
  assert.equal(settingName(8), 'ENABLE_CONNECT_PROTOCOL')
})

test('unknown numbers stay numbers', () => {
  assert.equal(frameTypeName(0x0b), '0x0b')
  assert.equal(errorName(0xabc), '0xabc')
  assert.equal(settingName(0x0a0a), '0xa0a')
})

test('every frame type has a name', () => {
  for (const type of Object.values(frameType)) assert.doesNotMatch(frameTypeName(type), /^0x/)
})

test('a flag is named by the type of its frame', () => {
  assert.deepEqual(flagNames(1, 0x25), ['END_STREAM', 'END_HEADERS', 'PRIORITY'])
  assert.deepEqual(flagNames(4, 1), ['ACK'])
  assert.deepEqual(flagNames(8, 0x81), ['0x81'])
})
