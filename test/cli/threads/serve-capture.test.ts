import assert from 'node:assert/strict'
import { test } from 'node:test'
import { servedBy } from '../../../src/cli/threads/serve-capture.ts'
import type { RequestVerdict } from '../../../src/rules/verdict.ts'
import { openCapture } from '../../../src/store/capture.ts'
import { StoreError } from '../../../src/store/store-error.ts'
import { recordVisits } from '../recorded-run.ts'

test('a capture answers what was asked when it was recorded', async () => {
  const { path } = await recordVisits()
  const rulings = servedBy({ capture: path, through: false, match: [] })
  const host = 'plain.localhost'
  const verdictOn = (target: string) => {
    const capture = openCapture(path)
    const recorded = capture.flows({ limit: 9 }).find(row => row.host === host)!
    const { head } = capture.exchange(recorded.id)!.request
    capture.close()
    const claim = rulings.claims({ id: 1, host, port: 80, scheme: 'http' })!.request(1, { ...head, path: target })
    return claim!.act({ head: { ...head, path: target }, body: new Uint8Array(0) }) as RequestVerdict
  }
  const recorded = verdictOn('/json')
  assert.ok(recorded.type === 'answer' && recorded.answer.status === 200)
  const missing = verdictOn('/none')
  assert.ok(missing.type === 'answer' && missing.answer.status === 502)
})

test('one that is not there is told before anything is served', () => {
  assert.throws(() => servedBy({ capture: '/nowhere/a.parley', through: false, match: [] }), StoreError)
})
