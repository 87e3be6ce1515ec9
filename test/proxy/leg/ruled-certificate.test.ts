import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { isProblem } from '../../../src/model/problem.ts'
import { makeTestAuthority } from '../../../src/peers/certificates.ts'
import { ruledCertificate } from '../../../src/proxy/leg/ruled-certificate.ts'

test('a PEM with both is read; what lacks one, or is not there, is a problem with its path', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-certificate-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'me.pem')
  const { cert, key } = (await makeTestAuthority()).issue({ host: 'me', use: 'client' })
  writeFileSync(path, cert + key)
  const found = ruledCertificate(path)
  assert.ok(!isProblem(found))
  assert.equal(found.cert, cert + key)
  writeFileSync(path, cert)
  for (const [wrong, why] of [
    [path, /me\.pem: no private key/],
    [folder, /EISDIR/],
    [join(folder, 'nothing'), /ENOENT/],
  ] as const) {
    const problem = ruledCertificate(wrong)
    assert.ok(isProblem(problem))
    assert.match(problem.message, why)
  }
})
