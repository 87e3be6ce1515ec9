import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graphqlQueryLines, renderGraphql } from '../../../src/view/body/graphql.ts'
import { damage, render, texts } from './render.ts'

const request = '{"operationName":"Q","query":"query Q{a}","variables":{"id":12345678901234567890}}'

test('the document is laid out, variables stay as written', () => {
  assert.deepEqual(render(renderGraphql, request), [
    'Q',
    '  query Q {',
    '    a',
    '  }',
    '  variables {',
    '    "id": 12345678901234567890',
    '  }',
  ])
})

test('a batch shows each of its operations', () => {
  assert.deepEqual(render(renderGraphql, '[{"query":"{a}"},{"query":"{b}","variables":{}}]'), [
    'operation 1',
    '  {',
    '    a',
    '  }',
    'operation 2',
    '  {',
    '    b',
    '  }',
  ])
})

test('a persisted query has no document', () => {
  const lines = render(renderGraphql, '{"extensions":{"persistedQuery":{"version":1}}}')!
  assert.match(lines[0]!, /persisted/)
})

test('application/graphql is the document itself', () => {
  assert.deepEqual(render(renderGraphql, '{a}', { mediaType: 'application/graphql' }), ['{', '  a', '}'])
})

test('JSON with a query of another kind is no GraphQL', () => {
  for (const text of ['{"query":"shoes"}', '{"a":1}', '[]', 'x'])
    assert.equal(render(renderGraphql, text), undefined, text)
  damage(renderGraphql, Buffer.from(request))
})

test('GraphQL in a query string is found', () => {
  assert.deepEqual(texts(graphqlQueryLines('/graphql?query=%7Ba%7D&variables=%7B%22b%22%3A1%7D')), [
    '{',
    '  a',
    '}',
    'variables {',
    '  "b": 1',
    '}',
  ])
  assert.equal(graphqlQueryLines('/search?query=shoes'), undefined)
})
