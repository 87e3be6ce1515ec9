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
  assert.equal(extensions[extension.delegatedCredential], 'delegated_credential')
  assert.equal(extensions[extension.earlyData], 'early_data')
})
