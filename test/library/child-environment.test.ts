import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { childEnvironment } from '../../src/library/child-environment.ts'
import { makeTestAuthority } from '../../src/peers/certificates.ts'
import { ownFolder } from '../cli/recorded-run.ts'

test('a child is sent through the proxy, and trusts the roots beside the system’s', async () => {
  const folder = ownFolder()
  const { caPem } = await makeTestAuthority()
  const variables = await childEnvironment(folder, { host: '127.0.0.1', port: 8 }, [caPem])
  assert.equal(variables.HTTPS_PROXY, 'http://127.0.0.1:8')
  const roots = variables.NODE_EXTRA_CA_CERTS!
  assert.ok(roots.startsWith(folder))
  assert.ok(readFileSync(roots, 'utf8').includes(caPem.trim()))
})
