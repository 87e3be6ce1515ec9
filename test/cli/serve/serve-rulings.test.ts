import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RecordedAnswers } from '../../../src/cli/serve/recorded-answers.ts'
import { serveRulings } from '../../../src/cli/serve/serve-rulings.ts'
import type { RequestVerdict } from '../../../src/rules/verdict.ts'
import { makeExchange } from '../../view/recorded.ts'

const { head } = makeExchange().request
const facts = { id: 1, host: 'api.example.com', port: 8443, scheme: 'https' } as const
const answer = { status: 200, headers: [], body: new Uint8Array(0) }

function verdict(answers: Partial<RecordedAnswers>, through = false, body: Uint8Array | undefined = new Uint8Array(0)) {
  const rulings = serveRulings(answers as RecordedAnswers, through)
  assert.equal(rulings.connection(facts), undefined)
  const claims = rulings.claims(facts)!
  assert.deepEqual([claims.response(1, head, answer as never), claims.webSocket(1, head)], [undefined, undefined])
  const claim = claims.request(1, head)!
  assert.ok(claim.most > 0)
  return claim.act(body ? { head, body } : { head }) as RequestVerdict
}

test('what was recorded is answered, and the flow says by which', () => {
  const made = verdict({ answer: () => ({ flow: 7, answer }) })
  assert.ok(made.type === 'answer')
  assert.equal(made.answer, answer)
  assert.deepEqual(made.acts, [{ by: 'serve', did: 'answered as flow 7 was' }])
})

test('what was not is a 502 that says what is missing', () => {
  for (const [knows, body, said] of [
    [true, new Uint8Array(1), /recorded with another body/],
    [false, new Uint8Array(1), /method and URL were not recorded/],
  ] as const) {
    const made = verdict({ answer: () => undefined, knows: () => knows }, false, body)
    assert.ok(made.type === 'answer')
    assert.equal(made.answer.status, 502)
    assert.match(String(made.answer.body), said)
    assert.deepEqual(
      made.problems?.map(({ code }) => code),
      ['own/not-recorded'],
    )
  }
})

test('with --through its server is asked', () => {
  const made = verdict({ answer: () => undefined }, true)
  assert.ok(made.type === 'elsewhere')
  assert.deepEqual(made.server, { scheme: 'https', host: 'api.example.com', port: 8443 })
  assert.equal(made.head, head)
})
