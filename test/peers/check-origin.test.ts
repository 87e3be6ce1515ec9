import assert from 'node:assert/strict'
import { request } from 'node:https'
import { test } from 'node:test'
import { startCheckOrigin } from '../../src/peers/check-origin.ts'

test('it answers every host of its domain, and says who has come and how', async t => {
  const origin = await startCheckOrigin('check.test')
  t.after(origin.close)
  const ask = (host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: origin.port, servername: host, ca: origin.caPem, path: '/any' }
      const asked = request({ ...options, headers: { host: `${host}:${origin.port}` } }, response => {
        response.resume().once('end', () => resolve(response.statusCode))
      })
      asked.once('error', reject).end()
    })
  let curl: string | undefined
  void origin.arrived('curl.check.test').then(version => {
    curl = version
  })
  assert.equal(await ask('wget.check.test'), 200)
  assert.equal(await origin.arrived('wget.check.test'), '1.1')
  assert.equal(curl, undefined)
  await ask('CURL.check.test')
  assert.equal(await origin.arrived('curl.check.test'), '1.1')
  await assert.rejects(ask('check.elsewhere'), /altnames|Hostname/)
})
