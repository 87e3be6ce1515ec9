import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { startOrigins } from '../../src/peers/origins.ts'

test('every origin has a name, a host and a port of its own, and an address', async t => {
  const origins = await startOrigins()
  t.after(origins.close)
  for (const key of ['name', 'host', 'port', 'title'] as const) {
    assert.equal(new Set(origins.list.map(origin => origin[key])).size, origins.list.length, key)
  }
  for (const { name, host, port, url } of origins.list) {
    assert.equal(host, `${name}.localhost`)
    assert.equal(new URL(url).host, `${host}:${port}`)
    assert.equal(origins.addresses.get(host), '127.0.0.1')
    assert.equal(origins.named(name).port, port)
  }
})

test('closing leaves nobody listening', async () => {
  const origins = await startOrigins()
  await origins.close()
  for (const { port, name } of origins.list) {
    const [error] = await once(connect(port, '127.0.0.1'), 'error')
    assert.equal(error.code, 'ECONNREFUSED', name)
  }
})
