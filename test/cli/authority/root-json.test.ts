import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { assertFits } from '../../view/json/schemas.ts'
import { ownFolder } from '../recorded-run.ts'
import { runCli } from '../run-cli.ts'

test('the root is told with its certificate and the hosts that it is for', async () => {
  const folder = ownFolder()
  const { stdout } = await runCli(folder, 'ca', 'new', '--only', 'example.com', '--json')
  const line = JSON.parse(stdout)
  assertFits('ca', line)
  const { root } = line
  const certificate = new X509Certificate(root.pem)
  assert.equal(root.sha256, certificate.fingerprint256.replaceAll(':', '').toLowerCase())
  assert.deepEqual([root.path, root.only], [join(folder, 'parley', 'ca', 'certs', 'ca.pem'), 'example.com'])
})
