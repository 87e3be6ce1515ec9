import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { ConnectOptions } from '../../src/peers/client.ts'
import { demoScript } from '../../src/peers/demo-script.ts'
import { endOf, makeVisit } from '../../src/peers/demo-visit.ts'
import { startOrigins } from '../../src/peers/origins.ts'
import { startRelay } from './connect-relay.ts'

const origins = await startOrigins({ slowMs: 20 })
const relay = await startRelay()
after(async () => {
  await relay.close()
  await origins.close()
})
const ways: Readonly<Record<string, ConnectOptions>> = {
  directly: { addresses: origins.addresses, ca: origins.caPem },
  'through a relay': { proxy: relay.proxy, ca: origins.caPem },
}

for (const [way, options] of Object.entries(ways)) {
  test(`every visit made ${way} ends as the script says`, async () => {
    for (const visit of demoScript) {
      const outcome = await makeVisit(visit, origins, options)
      assert.equal(endOf(outcome), visit.ends, visit.shows)
    }
  })
}

test('a visit that resumes does so on its second connection', async () => {
  for (const visit of demoScript.filter(one => one.resumes)) {
    const { connections } = await makeVisit(visit, origins, ways.directly!)
    assert.deepEqual(
      connections.map(results => results[0]?.tls?.resumed),
      [false, true],
    )
  }
})
