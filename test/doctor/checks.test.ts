import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checks, runChecks } from '../../src/doctor/checks.ts'
import { isWell } from '../../src/doctor/finding.ts'
import { hereWith } from './here.ts'

test('a machine on which all is well has a finding under every heading, and no trouble', async () => {
  const stores = [{ kind: 'system', place: '/roots', standing: 'trusted' }] as const
  const groups = await runChecks(hereWith({}, { stores }))
  assert.deepEqual(
    groups.map(({ title }) => title),
    Object.keys(checks),
  )
  assert.ok(isWell(groups))
  assert.ok(groups.every(({ findings }) => findings.every(({ level }) => level === 'ok')))
})

test('a heading with nothing under it is left out', async () => {
  const groups = await runChecks(hereWith())
  assert.deepEqual(
    groups.map(({ title }) => title),
    Object.keys(checks).filter(title => title !== 'Trust stores'),
  )
})

test('whatever is not well says what mends it', async () => {
  const worst = hereWith(
    {
      environment: { NO_PROXY: '*', HTTPS_PROXY: 'http://:x', SSL_CERT_FILE: '/no', NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      whyTaken: async () => 'EADDRINUSE',
      addressesOf: async () => [],
      canWrite: () => false,
      textOf: () => undefined,
      roomIn: () => 0,
      descriptors: 1,
      now: () => 0,
    },
    { config: { path: '/c', there: true, complaint: 'no' } },
  )
  const findings = (await runChecks(worst)).flatMap(group => group.findings).filter(({ level }) => level !== 'ok')
  assert.ok(findings.length >= 12, String(findings.length))
  assert.ok(findings.every(({ remedy }) => remedy !== undefined && !remedy.includes('\n')))
})
