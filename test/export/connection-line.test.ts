import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectionLine } from '../../src/export/connection-line.ts'
import { connectionOf, exchangeOf } from '../store/samples.ts'
import { withCapture } from './made-capture.ts'

test('a line is the JSON of the connection with the exchanges that are named, or the members that are', () => {
  withCapture(
    writer => {
      writer.connection(connectionOf(1))
      writer.exchange(exchangeOf(1), undefined, Buffer.from('\u202ehi'))
    },
    capture => {
      const connection = capture.connection(1)!
      const lineOf = (more: object): string =>
        [...connectionLine(capture, { connection }, { exchanges: [1], exchangeCount: 1, messages: 0, ...more })].join(
          '',
        )
      const { version, exchanges, reason } = JSON.parse(lineOf({ reason: 'gone' }))
      assert.deepEqual([version, exchanges[0].response.body.text, reason], [1, '\u202ehi', 'gone'])
      assert.doesNotMatch(lineOf({}), /\u202e|\n/)
      assert.equal(lineOf({ fields: ['id', 'exchanges.id'] }), '{"id":1,"exchanges":[{"id":1}]}')
    },
  )
})
