import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { identityFor, rawOrigin } from '../running.ts'
import { ruledTunnel } from './ruled.ts'

const host = 'origin.localhost'
const origin = async (t: Parameters<typeof rawOrigin>[0]) => rawOrigin(t, { tls: await identityFor(host) })

test('rules are asked when the connection opens, and again with the name in its hello', async t => {
  const { port } = await origin(t)
  const { asked, connect } = await ruledTunnel(t, { host, port }, undefined)
  await connect()
  assert.deepEqual(
    asked.map(({ host, port: asked, scheme, serverName }) => [host, asked, scheme, serverName]),
    [
      [host, port, 'https', undefined],
      [host, port, 'https', host],
    ],
  )
  assert.equal(asked[0]?.client?.address, '127.0.0.1')
  assert.ok(asked[0].client.port > 0)
})

for (const [alert, code] of [
  [48, 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'],
  [112, 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME'],
] as const)
  test(`a connection is refused with alert ${alert}, and nothing is said to its server`, async t => {
    const { port, received } = await origin(t)
    const { tape, connect } = await ruledTunnel(t, { host, port }, { refuse: { alert } })
    await assert.rejects(connect(), { code })
    await tape.closed()
    assert.deepEqual(
      tape.problems().map(({ code, blame }) => [code, blame]),
      [['rule/blocked', 'parley']],
    )
    assert.equal(received().length, 0)
  })

test('a connection is reset', async t => {
  const { port } = await origin(t)
  const { tape, connect } = await ruledTunnel(t, { host, port }, { refuse: 'reset' })
  await assert.rejects(connect(), { code: 'ECONNRESET', syscall: 'read' })
  await tape.closed()
  assert.equal(tape.told('leg-closed')[0]?.closed.how, 'reset')
})

test('a connection is closed', async t => {
  const { port } = await origin(t)
  const { connect } = await ruledTunnel(t, { host, port }, { refuse: 'close' })
  await assert.rejects(connect(), /disconnected before secure TLS|closed/)
})

test('a black hole says nothing until its client gives up', async t => {
  const { port } = await origin(t)
  const { tape, connect } = await ruledTunnel(t, { host, port }, { refuse: 'black-hole' })
  const client = connect()
  const outcome = await Promise.race([client.catch(() => 'failed'), wait(300, 'silence')])
  assert.equal(outcome, 'silence')
  assert.deepEqual(
    tape.problems().map(({ code }) => code),
    ['rule/blocked'],
  )
  client.catch(() => {})
})
