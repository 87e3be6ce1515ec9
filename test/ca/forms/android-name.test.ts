import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { subjectHashOld } from '../../../ca/forms/android-name.ts'
import { findProgram, thisMachine } from '../../../ca/trust/surroundings.ts'
import { folderFor } from '../make.ts'
import { rootIn } from '../trust/machine.ts'

const skip = findProgram(thisMachine(), 'openssl') === undefined && 'needs openssl'

test('the name is the one that OpenSSL computes, for every root', { skip }, async t => {
  for (let i = 0; i < 5; i++) {
    const root = await rootIn(folderFor(t))
    const said = execFileSync('openssl', ['x509', '-in', root.path, '-noout', '-subject_hash_old']).toString().trim()
    assert.equal(subjectHashOld(root.der), said)
  }
})

test('what is no certificate has none', () => {
  assert.throws(() => subjectHashOld(Buffer.from('no')))
})
