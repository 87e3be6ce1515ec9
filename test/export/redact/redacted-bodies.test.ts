import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RedactedBodies } from '../../../src/export/redact/redacted-bodies.ts'
import { defaultRules, RedactionLog } from '../../../src/export/redact/redaction.ts'
import { connectionOf, exchangeOf } from '../../store/samples.ts'
import { withCapture } from '../made-capture.ts'

test('every body is looked into by the head of its own side, and told of once', () => {
  const coded = [['Content-Encoding', 'foo']] as const
  withCapture(
    writer => {
      const { request, response } = exchangeOf(1)
      const server = {
        request,
        informational: [],
        response: { ...response!, head: { ...response!.head, headers: coded } },
      }
      writer.connection(connectionOf(1))
      writer.exchange(exchangeOf(1, { server }), Buffer.from('{"secret":"a"}'), Buffer.from('{"a":"b"}'))
      writer.body(1, 'server-response', 0, Buffer.from('{"secret":"c"}'))
    },
    capture => {
      const log = new RedactionLog()
      const bodies = new RedactedBodies(capture, defaultRules, log)
      const text = (side: Parameters<typeof bodies.of>[1]) => Buffer.from(bodies.of(1, side)).toString()
      for (let i = 0; i < 3; i++) {
        assert.equal(text('request'), '{"secret":"REDACTED"}')
        assert.equal(text('response'), '{"a":"b"}')
        assert.equal(text('server-response'), '')
        assert.equal(text('server-request'), '')
      }
      assert.deepEqual(log.counts(), [
        { what: 'body that could not be looked into', where: 'response body', count: 1 },
        { what: 'member secret', where: 'request body', count: 1 },
      ])
    },
  )
})
