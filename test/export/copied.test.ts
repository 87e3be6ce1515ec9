import assert from 'node:assert/strict'
import { test } from 'node:test'
import { copied } from '../../src/export/copied.ts'
import type { CaptureWriter } from '../../src/store/capture-writer.ts'
import { curl } from '../../src/view/copy/curl.ts'
import { java } from '../../src/view/copy/java.ts'
import { connectionOf, exchangeOf } from '../store/samples.ts'
import { sourceOf, withCapture, written } from './made-capture.ts'

const fill = (writer: CaptureWriter): void => {
  writer.connection(connectionOf(1))
  writer.exchange(exchangeOf(1, { path: '/a' }), Buffer.from('body'))
  writer.connectionFlow(connectionOf(1, { problems: [{ code: 'x', blame: 'server', message: 'x' }] }), 2)
  writer.exchange(exchangeOf(3, { path: '/b' }))
}

test('each request is copied, one after the other; a connection alone is none', () => {
  withCapture(fill, capture => {
    const text = written(copied(curl), sourceOf(capture))
    assert.equal(text.match(/^curl /gm)?.length, 2)
    assert.match(text, /--data-raw body --url https:\/\/api\.example\.com\/a\n\ncurl .*\/b\n\n$/)
  })
})

test('requests that are parts of a program are one program', () => {
  withCapture(fill, capture => {
    const text = written(copied(java), sourceOf(capture))
    assert.deepEqual(text.match(/class Main|request\d\(\);/g), ['class Main', 'request1();', 'request2();'])
  })
})
