import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestHead } from '../../../../../src/model/exchange.ts'
import { bodyPatience } from '../../../../../src/rules/endless.ts'
import { acting, acts, onRequests, onResponses, post } from './acting-http1.ts'

test('another server that cannot be asked is a 502', async () => {
  const script = acting(
    onRequests(({ head }) => ({ type: 'elsewhere', acts, server: { scheme: 'http', host: 'b', port: 1 }, head })),
  )
  script.say('to-server', post)
  assert.match((await script.settled()).client, /^HTTP\/1\.1 502 Bad Gateway\r\n/)
  assert.equal(script.told('problem')[0]!.problem.code, 'http/upstream-failed')
})

test('an answer of another server that does not end goes on after its time, when somebody waits for it', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { promise, resolve } = Promise.withResolvers<void>()
  async function* body() {
    yield Buffer.from('first ')
    await promise
    yield Buffer.from('second')
  }
  const answer = async ({ head }: { readonly head: RequestHead }) => ({
    request: head,
    head: { status: 200, reason: 'OK', version: 'HTTP/1.1', headers: [] },
    body: body(),
  })
  const late: unknown[] = []
  const script = acting(
    {
      ...onRequests(({ head }) => ({ type: 'elsewhere', acts, server: { scheme: 'http', host: 'b', port: 1 }, head })),
      ...onResponses(message => {
        late.push([message.body, message.late])
        return { type: 'pass', acts }
      }, 1000),
    },
    answer,
  )
  script.say('to-server', post)
  assert.equal((await script.settled()).client, '')
  t.mock.timers.tick(bodyPatience)
  assert.match((await script.settled()).client, /first \r\n$/)
  resolve()
  assert.match((await script.settled()).client, /second\r\n0\r\n\r\n$/)
  assert.deepEqual(late, [[undefined, true]])
})
