import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acting, acts, onRequests, post } from './acting-http1.ts'

test('another server that cannot be asked is a 502', async () => {
  const script = acting(
    onRequests(({ head }) => ({ type: 'elsewhere', acts, server: { scheme: 'http', host: 'b', port: 1 }, head })),
  )
  script.say('to-server', post)
  assert.match((await script.settled()).client, /^HTTP\/1\.1 502 Bad Gateway\r\n/)
  assert.equal(script.told('problem')[0]!.problem.code, 'http/upstream-failed')
})
