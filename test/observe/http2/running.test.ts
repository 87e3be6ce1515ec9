import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contentCame, contentFault, endFault, expectContent, type Running } from '../../../src/observe/http2/running.ts'

const stream = (): Running => ({ id: 1, connect: undefined, bodiless: false, state: 'open', interim: 0 })
const after = (promised: string | undefined, ...lengths: number[]) => {
  const running = stream()
  expectContent(running, 'response', promised === undefined ? [] : [['content-length', promised]])
  for (const length of lengths) contentCame(running, 'response', length)
  return endFault(running, 'response')?.detail
}

test('content adds up to what was promised', () => {
  assert.equal(after('5', 2, 3), undefined)
  assert.equal(after('0'), undefined)
  assert.equal(after('5', 3), 'the response ends 2 bytes short of it')
  assert.equal(after('5', 3, 4), 'the response ends 2 bytes over it')
  assert.match(after('5')!, /5 bytes short/)
})

test('nothing is owed where nothing readable was promised, and sides are apart', () => {
  assert.equal(after(undefined, 7), undefined)
  assert.equal(after('5, 5', 7), undefined)
  const running = stream()
  expectContent(running, 'request', [['content-length', '3']])
  contentCame(running, 'response', 9)
  assert.equal(endFault(running, 'response'), undefined)
  assert.equal(endFault(running, 'request')?.code, 'http2/content-length')
})

test('content stands between its head and its end', () => {
  const faultIn = (state: Running['state']) => contentFault({ ...stream(), state }, 'response')?.detail
  assert.equal(faultIn('open'), 'DATA before the response head')
  assert.equal(faultIn('answered'), undefined)
  assert.equal(faultIn('half-closed-server'), 'DATA after the message has ended')
  const state = 'half-closed-client'
  assert.equal(contentFault({ ...stream(), state }, 'request')?.code, 'http2/stream-closed')
})
