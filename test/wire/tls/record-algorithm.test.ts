import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordAlgorithm } from '../../../src/wire/tls/record-algorithm.ts'
import { cipherSuiteFacts } from '../../../src/wire/tls/registry/cipher-suite-facts.ts'

const of = (suite: number, version: number) => recordAlgorithm(cipherSuiteFacts(suite)!, version)

test('before TLS 1.2 the PRF is MD5 with SHA-1, whatever the suite says', () => {
  assert.equal(of(0xc014, 0x0301).prfHash, 'md5-sha1')
  assert.equal(of(0xc014, 0x0303).prfHash, 'sha256')
  assert.equal(of(0xc030, 0x0303).prfHash, 'sha384')
})

test('suites take the names of node:crypto', () => {
  const suites: readonly (readonly [number, string, string])[] = [
    [0x1301, 'aead', 'aes-128-gcm'],
    [0x1303, 'aead', 'chacha20-poly1305'],
    [0x1305, 'aead', 'aes-128-ccm'],
    [0x000a, 'cbc', 'des-ede3-cbc'],
    [0x0005, 'stream', 'rc4'],
    [0x0002, 'null', 'null'],
    [0xc076, 'cbc', 'camellia-128-cbc'],
  ]
  for (const [suite, kind, cipher] of suites) {
    const algorithm = of(suite, 0x0303)
    assert.deepEqual([algorithm.kind, algorithm.cipher], [kind, cipher])
    assert.equal(algorithm.mac === undefined, kind === 'aead')
  }
  assert.equal(of(0x1305, 0x0304).tagLength, 8)
})
