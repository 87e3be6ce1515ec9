import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type KeptAnswers, RecordedAnswers } from '../../../src/cli/serve/recorded-answers.ts'
import type { Exchange, Header, RequestHead } from '../../../src/model/exchange.ts'
import type { FlowRow } from '../../../src/store/queries.ts'
import { makeExchange } from '../../view/recorded.ts'

const base = makeExchange()
const { head } = base.request
const none = new Uint8Array(0)

interface Recorded {
  readonly request?: Partial<RequestHead>
  readonly asked?: string
  readonly answer?: string
  readonly headers?: readonly Header[]
  readonly also?: Partial<Exchange>
}

function kept(...flows: readonly Recorded[]): KeptAnswers {
  const exchangeOf = ({ request, asked = '', answer = '', headers = [], also }: Recorded, id: number): Exchange => ({
    ...base,
    id,
    request: { ...base.request, head: { ...head, ...request }, bodyBytes: asked.length },
    response: { ...base.response!, head: { ...base.response!.head, headers }, bodyBytes: answer.length },
    ...also,
  })
  return {
    flows: ({ after = 0, limit }) =>
      flows.flatMap((_, i) => (i + 1 > after ? [{ id: i + 1, kind: 'exchange' } as FlowRow] : [])).slice(0, limit),
    exchange: id => flows[id - 1] && exchangeOf(flows[id - 1]!, id),
    body: (id, side, from, length) =>
      Buffer.from((side === 'request' ? flows[id - 1]!.asked : flows[id - 1]!.answer) ?? '').subarray(
        from,
        from + length,
      ),
  }
}

const told = (answers: RecordedAnswers, request: Partial<RequestHead> = {}, asked = ''): string | undefined => {
  const found = answers.answer({ ...head, ...request }, Buffer.from(asked))
  return found && `${found.flow} ${Buffer.from(found.answer.body as Uint8Array)}`
}

test('by method, URL and body; whatever the case of the host, and with the port that its scheme has anyway', () => {
  const answers = new RecordedAnswers(
    kept(
      { answer: 'get' },
      { request: { method: 'POST' }, asked: 'x', answer: 'x' },
      { request: { method: 'POST' }, asked: 'y', answer: 'y' },
    ),
    [],
  )
  assert.equal(told(answers), '1 get')
  assert.equal(told(answers, { authority: 'API.example.com:443' }), '1 get')
  assert.equal(told(answers, { method: 'POST' }, 'y'), '3 y')
  assert.equal(told(answers, { method: 'POST' }, 'z'), undefined)
  assert.equal(told(answers, { method: 'POST' }, 'xx'), undefined)
  assert.equal(told(answers, { path: '/else' }), undefined)
  assert.deepEqual([answers.knows(head), answers.knows({ ...head, scheme: 'http' }), answers.size], [true, false, 2])
})

test('several answers come in their turn, and the last one from then on', () => {
  const answers = new RecordedAnswers(kept({ answer: 'a' }, { answer: 'b' }), [])
  assert.deepEqual([told(answers), told(answers), told(answers)], ['1 a', '2 b', '2 b'])
})

test('headers count where they are to', () => {
  const flows = kept(
    { request: { headers: [['Accept', 'a']] }, answer: 'a' },
    { request: { headers: [['accept', 'b']] }, answer: 'b' },
  )
  const answers = new RecordedAnswers(flows, ['accept'])
  assert.equal(told(answers, { headers: [['ACCEPT', 'b']] }), '2 b')
  assert.equal(told(answers, { headers: [] }), undefined)
})

test('what says of one connection how it was sent is left out, the rest stands as it did', () => {
  const headers: readonly Header[] = [
    [':status', '200'],
    ['X', '1'],
    ['Transfer-Encoding', 'chunked'],
    ['x', '2'],
    ['keep-alive', '5'],
  ]
  const { answer } = new RecordedAnswers(kept({ headers }), []).answer(head, none)!
  assert.deepEqual(answer.headers, [
    ['X', '1'],
    ['x', '2'],
  ])
  assert.deepEqual([answer.status, answer.reason], [200, 'OK'])
})

test('an answer that is not whole, or went on as something else, is none', () => {
  const { endedAt: _, ...cut } = base.response!
  const { response: __, ...silent } = base
  for (const also of [
    { upgraded: 'websocket' },
    { response: { ...base.response!, bodyDropped: 1 } },
    { response: cut },
    { aborted: { at: 1, by: 'server', why: 'x' } as const },
  ])
    assert.equal(new RecordedAnswers(kept({ also }), []).size, 0, JSON.stringify(also))
  assert.equal(new RecordedAnswers({ ...kept({}), exchange: () => silent }, []).size, 0)
})
