import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkNames } from '../../../src/doctor/checks/names.ts'
import { hereWith } from '../here.ts'

const names = async (table: Readonly<Record<string, readonly string[]>>) =>
  checkNames(hereWith({ addressesOf: async name => table[name] ?? [] }))

test('names of this machine that lead to it are well', async () => {
  const findings = await names({
    localhost: ['127.0.0.1', '::1'],
    'parley.localhost': ['127.0.0.1'],
    desk: ['192.168.1.5'],
  })
  assert.deepEqual(findings, [
    { level: 'ok', what: 'localhost', says: '127.0.0.1, ::1' },
    { level: 'ok', what: '*.localhost', says: '127.0.0.1' },
    { level: 'ok', what: 'host name', says: 'desk: 192.168.1.5' },
  ])
})

test('localhost that leads elsewhere, or nowhere, is trouble', async () => {
  const [elsewhere] = await names({ localhost: ['127.0.0.1', '198.51.100.7'] })
  assert.deepEqual(elsewhere, {
    level: 'trouble',
    what: 'localhost',
    says: 'leads to 198.51.100.7, which is not this machine',
    remedy: 'in the hosts file: 127.0.0.1 localhost',
  })
  assert.deepEqual(
    (await names({})).map(({ level }) => level),
    ['trouble', 'note', 'note'],
  )
})

test('a subdomain of localhost that a resolver catches is told', async () => {
  const [, below] = await names({ localhost: ['::1'], 'parley.localhost': ['203.0.113.1'] })
  assert.equal(below!.says, 'leads to 203.0.113.1 here, only in browsers and curl')
})
