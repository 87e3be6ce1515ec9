import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extension, handshakeType } from '../../../../src/wire/tls/client/protocol.ts'
import { extensions } from '../../../../src/wire/tls/registry/extensions.ts'
import { handshakeTypes } from '../../../../src/wire/tls/registry/message-types.ts'

const snake = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

test('handshake types have the numbers of the registry', () => {
  for (const [name, number] of Object.entries(handshakeType)) {
    if (number < 0) continue // no message
    assert.equal(handshakeTypes[number], snake(name))
  }
})

test('extensions have the numbers of the registry', () => {
  for (const [name, number] of Object.entries(extension))
    assert.ok(extensions[number] !== undefined, `${name} ${number}`)
  for (const [number, name] of [
    [extension.serverName, 'server_name'],
    [extension.alpn, 'application_layer_protocol_negotiation'],
    [extension.ecPointFormats, 'ec_point_formats'],
    [extension.padding, 'padding'],
    [extension.extendedMasterSecret, 'extended_master_secret'],
    [extension.delegatedCredential, 'delegated_credential'],
    [extension.sessionTicket, 'session_ticket'],
    [extension.preSharedKey, 'pre_shared_key'],
    [extension.earlyData, 'early_data'],
    [extension.cookie, 'cookie'],
    [extension.certificateAuthorities, 'certificate_authorities'],
    [extension.signatureAlgorithmsCert, 'signature_algorithms_cert'],
    [extension.keyShare, 'key_share'],
    [extension.encryptedClientHello, 'encrypted_client_hello'],
  ] as const)
    assert.equal(extensions[number], name)
})
