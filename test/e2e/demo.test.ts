import assert from 'node:assert/strict'
import { demoScript } from '../../src/peers/demo-script.ts'
import { Installed } from './support/parley.ts'
import { e2e } from './support/programs.ts'

e2e('two demos at once print every visit side by side and end well', {}, async t => {
  const installed = new Installed(t)
  const runs = await Promise.all([installed.run('demo', '--no-tui'), installed.run('demo', '--no-tui')])
  for (const { code, stdout, stderr } of runs) {
    assert.equal(code, 0, stderr)
    assert.match(stderr, new RegExp(`made ${demoScript.length} visits`))
    const heads = stdout.match(/CLIENT → PARLEY +│ PARLEY → SERVER/g) ?? []
    assert.ok(heads.length >= demoScript.length - 1, `${heads.length} connections are printed`)
    for (const message of [
      'ClientHello',
      'ServerHello',
      'HelloRetryRequest',
      'CertificateRequest',
      'ServerKeyExchange',
    ])
      assert.ok(stdout.includes(message), `${message} is shown`)
  }
})
