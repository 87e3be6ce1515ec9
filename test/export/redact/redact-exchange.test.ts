import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redactExchange, redactProblem } from '../../../src/export/redact/redact-exchange.ts'
import { defaultRules } from '../../../src/export/redact/redaction.ts'
import { exchangeOf } from '../../store/samples.ts'
import { shaped, telling } from './told.ts'

test('both sides lose their secrets, in heads, trailers and sentences, and what was written on the wire goes', () => {
  const secret = shaped.JWT!
  const plain = exchangeOf(1, { path: `/a?token=${secret}` })
  const head = { ...plain.request.head, raw: secret, authority: `me:${secret}@a.test` }
  const side = {
    request: {
      ...plain.request,
      head: {
        ...head,
        headers: [
          [':path', `/?t=${secret}`],
          ['Cookie', `a=${secret}`],
        ] as const,
      },
    },
    informational: [{ status: 103, reason: '', version: 'HTTP/1.1', headers: [['Link', secret]] as const }],
    response: { ...plain.response!, trailers: [['X-Token', secret]] as const },
  }
  const { told, said } = telling()
  const made = redactExchange(
    {
      ...{ ...plain, ...side, server: side },
      acts: [{ by: `=> set x ${secret}`, did: `set ${secret}` }],
      aborted: { at: 1, by: 'server', why: secret },
      problems: [{ code: 'x', blame: 'server', message: `said ${secret}` }],
    },
    defaultRules,
    told,
  )
  assert.ok(!JSON.stringify(made).includes(secret))
  assert.equal(made.request.head.target, '/a?token=REDACTED')
  assert.equal(made.request.head.authority, 'a.test')
  assert.equal(said.filter(each => each === 'parameter token in URL').length, 2, 'once a side')
})

test('an exchange without secrets is as it was', () => {
  const plain = exchangeOf(1, { path: '/a?b=c' })
  assert.deepEqual(
    redactExchange(plain, defaultRules, () => {}),
    plain,
  )
  const problem = { code: 'x', blame: 'server', message: 'the server closed' } as const
  assert.deepEqual(
    redactProblem(problem, defaultRules, () => {}),
    problem,
  )
})
