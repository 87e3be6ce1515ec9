import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Patience } from '../../../../src/wire/tls/client/patience.ts'

const flood = { alert: 10, code: 'flood' }
const times = (count: number, act: () => void): void => {
  for (let n = 0; n < count; n++) act()
}

test('32 records that carry nothing are borne, and data begins anew', () => {
  const patience = new Patience()
  times(32, () => patience.idle())
  patience.data()
  times(32, () => patience.idle())
  assert.throws(() => patience.idle(), flood)
})

test('32 messages behind the handshake are borne without data', () => {
  const patience = new Patience()
  times(32, () => patience.update())
  patience.data()
  times(32, () => patience.update())
  assert.throws(() => patience.update(), flood)
})

test('four warnings are borne in a handshake, and four behind it without data', () => {
  const patience = new Patience()
  times(4, () => patience.warning())
  patience.secured()
  times(4, () => patience.warning())
  patience.data()
  times(4, () => patience.warning())
  assert.throws(() => patience.warning(), flood)
})
