import assert from 'node:assert/strict'
import { test } from 'node:test'
import { programOf } from '../../../src/view/copy/format.ts'
import { exchangeOf, noBody } from './make.ts'

test('one request is a program of one part', () => {
  const format = programOf({
    ...{ key: 'x', name: 'x', side: 'request', before: '<' },
    part: (exchange, _, number) => `${number}:${exchange.request.head.method}`,
    after: count => `>${count}`,
  })
  assert.equal(format.copy(exchangeOf(), noBody), '<1:GET>1')
})
