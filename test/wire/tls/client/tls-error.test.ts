import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail, TlsError, UnsupportedError } from '../../../../src/wire/tls/client/tls-error.ts'

const thrown = (act: () => unknown): TlsError => {
  try {
    act()
  } catch (error) {
    assert.ok(error instanceof TlsError)
    return error
  }
  return assert.fail('nothing was thrown')
}

test("an error has its alert's number and name, or a code of its own", () => {
  const plain = thrown(() => fail('illegal-parameter', 'compression'))
  assert.deepEqual(
    [plain.alert, plain.code, plain.message, plain.received],
    [47, 'illegal-parameter', 'compression', false],
  )
  const weak = thrown(() => fail('insufficient-security', 'a small prime', 'weak-dh'))
  assert.deepEqual([weak.alert, weak.code], [71, 'weak-dh'])
  assert.equal(new TlsError(20, 'a record').code, 'bad-record-mac')
})

test('what the server chose and this client cannot is told apart from what the server got wrong', () => {
  const { alert, code, message } = new UnsupportedError('group 65074')
  assert.deepEqual(
    [alert, code, message],
    [40, 'unsupported', 'the server chose group 65074, which is not supported here'],
  )
})

test('an alert of the server is received, and so is the end', () => {
  assert.ok(new TlsError(48, 'unknown_ca', 'alert-received').received)
  assert.ok(new TlsError(0, 'closed', 'closed').received)
})
