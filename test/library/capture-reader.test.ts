import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { FilterError } from '../../src/filter/filter-error.ts'
import { openCapture } from '../../src/library/capture-reader.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { recordVisits } from '../cli/recorded-run.ts'

let path: string
before(async () => {
  path = (await recordVisits()).path
})

test('flows, connections and exchanges of a capture are read, by filter and by number', () => {
  using capture = openCapture(path)
  assert.equal(capture.path, path)
  const flows = [...capture.flows()]
  assert.deepEqual([flows.length, capture.count(), capture.info().flows], [3, 3, 3])
  const [plain] = [...capture.flows('~u /json & ~d plain.localhost')]
  assert.deepEqual(capture.flow(plain!.id), plain)
  assert.equal(capture.count('~d plain.localhost'), 1)
  const all = [...capture.connections()]
  assert.equal(all.length, 3)
  const [failed, none] = [...capture.connections('~failed')]
  assert.equal(none, undefined)
  assert.match(failed!.problems[0]!.code, /^certificate\/|^tls\//)
  assert.deepEqual(capture.connection(failed!.id), failed)
  const exchange = capture.exchange(plain!.id)!
  assert.deepEqual([exchange.id, exchange.request.method, exchange.response?.status], [plain!.id, 'GET', 200])
  const body = capture.body(plain!.id, 'response')
  assert.equal(JSON.parse(Buffer.from(body).toString()).users.length > 0, true)
  assert.deepEqual(capture.body(plain!.id, 'response', 1, 2), body.subarray(1, 3))
})

test('what is not there is undefined; a mistake is thrown', () => {
  const capture = openCapture(path)
  assert.deepEqual([capture.flow(99), capture.connection(99), capture.exchange(99)], [undefined, undefined, undefined])
  assert.throws(() => [...capture.flows('~(')], FilterError)
  assert.throws(() => openCapture(`${path}-nowhere`), StoreError)
  capture.close()
  capture.close()
  assert.throws(() => capture.count(), /not open/)
})
