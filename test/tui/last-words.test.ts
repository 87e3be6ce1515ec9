import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { type Ending, onEnding } from '../../src/tui/last-words.ts'

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  test(`${signal} ends it once`, () => {
    const process = new EventEmitter()
    const endings: Ending[] = []
    onEnding(ending => endings.push(ending), process)
    process.emit(signal, signal)
    process.emit(signal, signal)
    assert.deepEqual(endings, [{ signal }])
  })

test('an error that nobody caught ends it with that error', () => {
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    const process = new EventEmitter()
    const endings: Ending[] = []
    onEnding(ending => endings.push(ending), process)
    const error = new Error('no')
    process.emit(event, error)
    assert.deepEqual(endings, [{ error }])
  }
})

test('after the end no listener is left', () => {
  const process = new EventEmitter()
  onEnding(() => {}, process)()
  assert.deepEqual(process.eventNames(), [])
})
