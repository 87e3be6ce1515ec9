import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StoreError, storeError, withStoreErrors } from '../../src/store/store-error.ts'

const thrown = (properties: object) => Object.assign(new Error('raw'), properties)

test('extended SQLite codes and system codes have their own names and remedies', () => {
  const cases = [
    [thrown({ errcode: 13 }), 'store/disk-full'],
    [thrown({ errcode: 261 }), 'store/locked'], // SQLITE_BUSY_RECOVERY
    [thrown({ errcode: 8 | (3 << 8) }), 'store/read-only'],
    [thrown({ errcode: 1 }), 'store/io'],
    [thrown({ code: 'ENOSPC' }), 'store/disk-full'],
    [thrown({ code: 'EFBIG' }), 'store/disk-full'],
    [thrown({ code: 'EIO', syscall: 'write' }), 'store/io'],
    [thrown({ code: 'EEXIST' }), 'store/exists'],
    [thrown({ code: 'EEXIST', syscall: 'mkdir' }), 'store/cannot-make'],
    [thrown({ code: 'ENOTDIR' }), 'store/cannot-make'],
    [thrown({ code: 'ENOENT' }), 'store/cannot-make'],
  ] as const
  for (const [cause, code] of cases) {
    const error = storeError(cause, '/x.parley') as StoreError
    assert.equal(error.code, code)
    assert(error.remedy.length > 0)
    assert.equal(error.cause, cause)
    assert.match(error.message, /: \/x\.parley/)
  }
})

test('a defect stays what it is, and a StoreError is not wrapped again', () => {
  const defect = new TypeError('x')
  assert.equal(storeError(defect, 'p'), defect)
  const known = new StoreError('store/io', 'm')
  assert.throws(
    () => withStoreErrors('p', () => assert.fail(known)),
    error => error === known,
  )
})
