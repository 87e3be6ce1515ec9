import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { openSite } from '../../../src/proxy/site/open-site.ts'
import { factsWith } from './make.ts'

test('a connection to the site is a stream like any other', async () => {
  const site = await openSite(factsWith())
  site.write('GET /check HTTP/1.1\r\nHost: parley.proxy\r\n\r\n')
  const [answer] = await once(site, 'data')
  assert.match(String(answer), /^HTTP\/1\.1 200 OK/)
  site.destroy()
  await once(site, 'close')
})
