import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownNetwork, toRecord, toSend, waysIn } from '../../src/cli/first-steps.ts'
import { readListen, readRanges } from '../../src/cli/option-values.ts'

const usual = { command: 'npx parley', listen: readListen('127.0.0.1:8080') }
const commands = (hints: readonly { readonly command: string }[]) => hints.map(({ command }) => command)

test('an empty capture has two commands that record, in the shape that works here', () => {
  assert.deepEqual(commands(toRecord('npx parley')), [
    'npx parley browser https://example.com/',
    'npx parley run -- curl https://example.com/',
  ])
})

test('an empty list of a proxy that runs has two commands that lead to it', () => {
  const listen = readListen('[::1]:9090')
  assert.deepEqual(commands(toSend({ command: 'parley', listen }, true)), [
    'curl -x [::1]:9090 --cacert "$(parley ca path)" https://example.com/',
    'parley system-proxy on --listen [::1]:9090',
  ])
  assert.equal(commands(toSend(usual, true))[1], 'npx parley system-proxy on')
  const [, browser] = toSend(usual, false)
  assert.deepEqual(
    [browser.what, browser.command],
    ['a browser, with a screen of its own', 'npx parley browser https://example.com/'],
  )
})

test('the first run offers browser, command, system and phone', () => {
  const offered = commands(waysIn(usual, '192.0.2.7/24'))
  assert.deepEqual(
    offered.map(command => command.replace('npx parley ', '').split(' ')[0]),
    ['browser', 'run', 'system-proxy', '--listen'],
  )
  assert.equal(offered[3], 'npx parley --listen 0.0.0.0:8080 --allow 192.0.2.7/24')
})

test('a phone is let in from the network that this machine is in', () => {
  const address = { address: '', netmask: '', mac: '', internal: false, family: 'IPv4', cidr: '10.1.2.3/16' } as const
  const v6 = { ...address, family: 'IPv6', cidr: 'fe80::1/64', scopeid: 1 } as const
  assert.equal(ownNetwork({ lo: [{ ...address, internal: true }], eth0: [v6, address] }), '10.1.2.3/16')
  assert.equal(ownNetwork({}), '192.168.0.0/16')
  for (const network of [ownNetwork({ eth0: [address] }), ownNetwork({}), ownNetwork()])
    assert.deepEqual(readRanges(network, []), [network])
})
