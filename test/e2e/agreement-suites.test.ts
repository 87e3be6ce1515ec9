/** Every cipher suite that OpenSSL speaks, through Parley, told by Parley and by tshark from the same bytes. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tolerance } from './support/agreement.ts'
import { dsaIdentity, fixture } from './support/identities.ts'
import { inParallel } from './support/in-parallel.ts'
import { judge } from './support/judge.ts'
import { identityArguments, runOpensslClient, startOpensslServer } from './support/openssl.ts'
import { startParley } from './support/parley.ts'
import { temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const all = 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'
const psk = ['-psk', '00112233445566778899aabbccddeeff', '-psk_identity', 'somebody']

/** What tshark 4.0 leaves out. That Parley reads it right is proved by its verify_data below. */
const tolerate: Tolerance = (what, _ours, theirs) => {
  if (/[ -]aria(128|256)-/.test(what) && (theirs === undefined || / order$/.test(what)))
    return 'tshark knows no ARIA suite'
  if (theirs !== undefined) return undefined
  if (/ (ecdhe|dhe)-psk-.* (named curve|public key)$/.test(what))
    return 'tshark reads no ECDHE_PSK and DHE_PSK parameters'
  return undefined
}

/** What this OpenSSL can do in a version, `psk` suites included. */
const suitesOf = (version: string): string[] =>
  execFileSync('openssl', ['ciphers', '-s', `-${version}`, '-psk', all], { encoding: 'utf8' })
    .trim()
    .split(':')
    .filter(name => !name.startsWith('TLS_'))

for (const version of ['tls1', 'tls1_1', 'tls1_2']) {
  e2e(`tshark and Parley agree on every suite of ${version}`, { needs: ['openssl', 'tshark'] }, async t => {
    const folder = temporaryFolder(t)
    const parley = await startParley(t, '--pass-through', '*.pass.localhost')
    const [rsa, ecdsa] = [fixture('rsa'), fixture('ecdsa')]
    const second = ['-dcert', ecdsa.cert, '-dkey', ecdsa.key]
    const common = ['-cipher', all, '-rev', ...psk]
    const usual = await startOpensslServer(t, ...identityArguments(rsa), ...second, ...common)
    const dss = await startOpensslServer(t, ...identityArguments(dsaIdentity(folder)), ...common)
    const suites = suitesOf(version)
    const keys = join(folder, 'keys')
    await inParallel(
      suites.map(suite => async () => {
        const { port } = suite.includes('DSS') ? dss : usual
        const args = ['-cipher', `${suite}:@SECLEVEL=0`, `-${version}`, '-keylogfile', keys, '-psk', psk[1]!]
        const host = `${suite.toLowerCase()}.pass.localhost`
        await runOpensslClient({ proxy: `127.0.0.1:${parley.port}`, host, port, args, steps: ['hello'] })
      }),
    )
    await parley.stop()
    const { agreement, legs } = await judge(
      folder,
      parley.capturePath,
      readFileSync(keys, 'utf8').split('\n'),
      tolerate,
    )
    t.diagnostic(`${version}, ${suites.length} suites: ${agreement.summary}`)
    assert.deepEqual(agreement.disagreements, [])
    assert.equal(legs.length, suites.length * 2)
    const open = legs.filter(({ handshake }) => handshake.outcome !== 'established' || handshake.problems.length > 0)
    assert.deepEqual(
      open.map(({ connection, leg, handshake }) => [connection.serverName, leg, handshake.outcome, handshake.problems]),
      [],
      'every handshake comes about, and Parley reads all of it',
    )
    const failed = legs.flatMap(({ connection, handshake }) =>
      handshake.messages.flatMap(({ name, checks }) =>
        checks.filter(check => check.passed !== true).map(check => [connection.serverName, name, check]),
      ),
    )
    assert.deepEqual(failed, [], 'every verify_data and signature is recomputed and right')
  })
}
