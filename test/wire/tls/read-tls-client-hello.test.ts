import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import {
  CIPHER_SUITES,
  EXTENSIONS,
  getExtensionData,
  readTlsClientHello,
  SIGNATURE_ALGORITHMS,
  SUPPORTED_GROUPS,
} from 'read-tls-client-hello'
import { readClientHello } from '../../../src/wire/tls/read-message.ts'
import { cipherSuites } from '../../../src/wire/tls/registry/cipher-suites.ts'
import { extensions } from '../../../src/wire/tls/registry/extensions.ts'
import { groups } from '../../../src/wire/tls/registry/groups.ts'
import { signatureSchemes } from '../../../src/wire/tls/registry/signature-schemes.ts'
import { clientHellos } from './tls-fixtures.ts'

/** The same hellos through another parser. */
for (const [name, bytes] of clientHellos)
  test(`${name}: read-tls-client-hello reads the same`, async () => {
    const record = Buffer.concat([Buffer.from([22, 3, 1, bytes.length >> 8, bytes.length & 0xff]), bytes])
    const theirs = await readTlsClientHello(Readable.from([record], { objectMode: false }))
    const ours = readClientHello(bytes)
    assert.equal(ours.legacyVersion, theirs.version)
    assert.deepEqual(Buffer.from(ours.random), theirs.random)
    assert.deepEqual(Buffer.from(ours.sessionId), theirs.sessionId)
    assert.deepEqual(ours.cipherSuites, theirs.cipherSuites)
    assert.deepEqual(ours.compressionMethods, theirs.compressionMethods)
    assert.deepEqual(
      ours.extensions.map(extension => extension.type),
      theirs.extensions.map(extension => extension.id),
    )
    assert.equal(ours.serverName, getExtensionData(theirs, 'sni')?.serverName)
    assert.deepEqual(ours.alpn, getExtensionData(theirs, 'alpn')?.protocols)
    assert.deepEqual(ours.supportedGroups, getExtensionData(theirs, 'supported_groups')?.groups)
    assert.deepEqual(ours.signatureAlgorithms, getExtensionData(theirs, 'signature_algorithms')?.algorithms)
    assert.deepEqual(ours.supportedVersions, getExtensionData(theirs, 'supported_versions')?.versions)
  })

for (const [registry, ours, theirs] of [
  ['cipher suites', cipherSuites, CIPHER_SUITES],
  ['extensions', extensions, EXTENSIONS],
  ['groups', groups, SUPPORTED_GROUPS],
  ['signature schemes', signatureSchemes, SIGNATURE_ALGORITHMS],
] as const)
  test(`${registry}: whatever read-tls-client-hello names has the same name here`, () => {
    assert.deepEqual({ ...ours, ...theirs }, ours)
  })
