import assert from 'node:assert/strict'
import { test } from 'node:test'
import { types } from '../../../../../src/wire/tls/client/hello/extension-types.ts'
import { extensions } from '../../../../../src/wire/tls/registry/extensions.ts'

test('the numbers are those of the registry', () => {
  const names = Object.fromEntries(Object.entries(types).map(([name, number]) => [name, extensions[number]]))
  assert.deepEqual(names, {
    serverName: 'server_name',
    alpn: 'application_layer_protocol_negotiation',
    padding: 'padding',
    extendedMasterSecret: 'extended_master_secret',
    sessionTicket: 'session_ticket',
    preSharedKey: 'pre_shared_key',
    earlyData: 'early_data',
    cookie: 'cookie',
    keyShare: 'key_share',
    encryptedClientHello: 'encrypted_client_hello',
  })
})
