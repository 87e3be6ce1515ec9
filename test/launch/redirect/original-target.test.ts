import assert from 'node:assert/strict'
import { test } from 'node:test'
import { originalTarget } from '../../../src/launch/redirect/original-target.ts'

// as /proc/net/nf_conntrack of Linux 6.18 and conntrack -L have them
const table = `ipv4     2 udp      17 src=10.0.0.2 dst=192.0.2.1 sport=40000 dport=443 src=127.0.0.1 dst=10.0.0.2 sport=8081 dport=40000 mark=0
ipv4     2 tcp      6 431999 ESTABLISHED src=10.0.0.2 dst=192.0.2.7 sport=40001 dport=443 src=127.0.0.1 dst=10.0.0.2 sport=8081 dport=40001 [ASSURED] mark=0 zone=0 use=2
tcp      6 431999 ESTABLISHED src=10.0.0.2 dst=192.0.2.8 sport=40000 dport=80 src=127.0.0.1 dst=10.0.0.2 sport=8081 dport=40000 [ASSURED] mark=0 use=1
ipv6     10 tcp      6 431999 ESTABLISHED src=2001:0db8:0000:0000:0000:0000:0000:0002 dst=2001:0db8:0000:0000:0000:0000:0000:0007 sport=40002 dport=443 src=0000:0000:0000:0000:0000:0000:0000:0001 dst=2001:0db8:0000:0000:0000:0000:0000:0002 sport=8081 dport=40002 [ASSURED] mark=0 zone=0 use=2
`
const found = (remote: string, port: number, local = '127.0.0.1', at = 8081) =>
  originalTarget({ local: { address: local, port: at }, remote: { address: remote, port } }, () => table)

test('what was asked is found by who asked and who answers, in TCP alone', () => {
  assert.deepEqual(found('10.0.0.2', 40_001), { host: '192.0.2.7', port: 443 })
  assert.deepEqual(found('10.0.0.2', 40_000), { host: '192.0.2.8', port: 80 })
  assert.deepEqual(found('::ffff:10.0.0.2', 40_001, '::ffff:127.0.0.1'), { host: '192.0.2.7', port: 443 })
  assert.deepEqual(found('2001:db8::2', 40_002, '::1'), { host: '2001:db8::7', port: 443 })
})

test('another client, another door or a table that nobody may read says nothing', () => {
  assert.equal(found('10.0.0.3', 40_001), undefined)
  assert.equal(found('10.0.0.2', 40_001, '127.0.0.1', 9000), undefined)
  const forbidden = (): never => {
    throw new Error('EACCES')
  }
  const ends = { local: { address: '127.0.0.1', port: 1 }, remote: { address: '127.0.0.1', port: 2 } }
  assert.equal(originalTarget(ends, forbidden), undefined)
})
