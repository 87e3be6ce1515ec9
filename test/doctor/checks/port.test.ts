import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkIpv6, checkPort } from '../../../src/doctor/checks/port.ts'
import { hereWith } from '../here.ts'

const taken = (...ports: readonly number[]) => ({
  whyTaken: async ({ port }: { readonly port: number }) => (ports.includes(port) ? 'EADDRINUSE' : undefined),
})

test('a free address is well', async () => {
  assert.deepEqual(await checkPort(hereWith()), [{ level: 'ok', what: 'address', says: '127.0.0.1:8080 is free' }])
})

test('who has the address is named, and the next that is free', async () => {
  const holderOf = async () => ({ pid: 7, name: 'nginx', command: 'nginx: master' })
  const [finding] = await checkPort(hereWith({ ...taken(8080, 8081), holderOf }))
  assert.deepEqual(finding, {
    level: 'trouble',
    what: 'address',
    says: 'nginx (pid 7) has 127.0.0.1:8080',
    remedy: 'parley --listen 127.0.0.1:8082',
  })
})

test('a program that cannot be seen has no name', async () => {
  const [finding] = await checkPort(hereWith(taken(8080)))
  assert.equal(finding!.says, 'a program that you may not see has 127.0.0.1:8080')
})

test('where the next ports are taken as well, any will do', async () => {
  const ports = Array.from({ length: 11 }, (_, index) => 8080 + index)
  assert.equal((await checkPort(hereWith(taken(...ports))))[0]!.remedy, 'parley --listen 127.0.0.1:0')
})

test('Parley that listens there already is well', async () => {
  for (const command of ['node /usr/bin/parley record', 'node /src/dist/src/cli/main.js']) {
    const holderOf = async () => ({ pid: 9, name: 'node', command })
    const [finding] = await checkPort(hereWith({ ...taken(8080), holderOf }))
    assert.deepEqual(
      [finding!.level, finding!.says],
      ['ok', 'Parley itself listens on 127.0.0.1:8080 (pid 9)'],
      command,
    )
  }
})

test('what needs privileges and what is no address have remedies of their own', async () => {
  const [low] = await checkPort(hereWith({ whyTaken: async () => 'EACCES' }, { listen: { host: '::1', port: 80 } }))
  assert.match(low!.says, /^you may not listen on \[::1\]:80/)
  assert.equal(low!.remedy, 'parley --listen [::1]:8080')
  const [strange] = await checkPort(
    hereWith({ whyTaken: async () => 'EADDRNOTAVAIL' }, { listen: { host: '192.0.2.1', port: 80 } }),
  )
  assert.equal(strange!.says, '192.0.2.1:80 is no address of this machine (EADDRNOTAVAIL)')
  assert.equal(strange!.remedy, 'parley --listen 127.0.0.1:8080')
})

test('a machine without IPv6 is worth a note, no more', async () => {
  assert.equal((await checkIpv6(hereWith()))[0]!.level, 'ok')
  const [finding] = await checkIpv6(hereWith({ whyTaken: async () => 'EAFNOSUPPORT' }))
  assert.deepEqual([finding!.level, finding!.what], ['note', 'IPv6'])
})
