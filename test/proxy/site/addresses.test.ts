import assert from 'node:assert/strict'
import type { NetworkInterfaceInfo } from 'node:os'
import { test } from 'node:test'
import { reachableAt } from '../../../src/proxy/site/addresses.ts'

const one = (address: string, family: 'IPv4' | 'IPv6'): NetworkInterfaceInfo =>
  ({ address, family, internal: false }) as NetworkInterfaceInfo
const interfaces = {
  lo: [one('127.0.0.1', 'IPv4'), one('::1', 'IPv6')],
  eth0: [one('2001:db8::7', 'IPv6'), one('fe80::7', 'IPv6'), one('192.0.2.7', 'IPv4')],
  down: undefined,
}

test('a proxy that listens on all addresses is reached at those of the network', () => {
  assert.deepEqual(reachableAt('0.0.0.0', interfaces), ['192.0.2.7'])
  assert.deepEqual(reachableAt('::', interfaces), ['192.0.2.7', '2001:db8::7'])
})

test('any other is reached where it listens', () => {
  assert.deepEqual(reachableAt('192.0.2.9', interfaces), ['192.0.2.9'])
  assert.deepEqual(reachableAt('0.0.0.0', {}), ['127.0.0.1'])
})
