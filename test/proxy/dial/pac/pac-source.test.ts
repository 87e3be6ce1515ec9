import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { loadPac, mostPacBytes } from '../../../../src/proxy/dial/pac/pac-source.ts'

test('a PAC file comes from its URL; one that is missing or endless is told', async t => {
  const server = createServer((request, response) => {
    if (request.url === '/missing') response.writeHead(404)
    response.end(request.url === '/long' ? 'x'.repeat(mostPacBytes + 1) : 'function')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  assert.equal(await loadPac({ text: 'as it is' }, 1000), 'as it is')
  assert.equal(await loadPac({ url: `${url}/proxy.pac` }, 1000), 'function')
  await assert.rejects(loadPac({ url: `${url}/missing` }, 1000), /404/)
  await assert.rejects(loadPac({ url: `${url}/long` }, 5000), /more than/)
  await assert.rejects(loadPac({ url: 'http://127.0.0.1:9/' }, 1000), /127\.0\.0\.1:9/)
})
