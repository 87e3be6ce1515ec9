import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stepKeys } from '../../../src/wire/tls/key-steps.ts'
import { Progress } from '../../../src/wire/tls/progress.ts'
import { Protection } from '../../../src/wire/tls/protection.ts'
import { clientHello, serverHello } from './hello-values.ts'

test('a ChangeCipherSpec seals its direction up to TLS 1.2, and changes nothing in TLS 1.3', () => {
  const sealed = (version: number) => {
    const [protection, progress] = [new Protection([]), new Progress()]
    const take = (value: Parameters<typeof stepKeys>[0]) => {
      progress.see(value, 'to-server')
      stepKeys(value, 'to-server', protection, progress)
    }
    take({ name: 'client_hello', hello: clientHello() })
    take({ name: 'server_hello', hello: { ...serverHello({ cipherSuite: 0xc02f }), legacyVersion: version } })
    take({ name: 'change_cipher_spec' })
    const record = { direction: 'to-server', at: 0, offset: 0, type: 22, version: 0x0303, length: 1 } as const
    return protection.open({ ...record, fragment: Uint8Array.of(1) }).encrypted
  }
  assert.equal(sealed(0x0303), true)
  assert.equal(sealed(0x0304), false)
})
