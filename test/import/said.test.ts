import assert from 'node:assert/strict'
import { test } from 'node:test'
import { harSaid, packetsSaid } from '../../src/import/said.ts'

test('where a file ends too early, and what of it is not shown, is said', () => {
  const unread = { links: 1, otherProtocols: 9, malformed: 2000 }
  assert.deepEqual(
    packetsSaid('a.pcap', { packets: 1234, unread, damage: { offset: 99, what: 'a block of 3 bytes' } }),
    [
      'a.pcap can be read up to byte 99: a block of 3 bytes. 1,234 packets before that',
      'a.pcap: 1 packet of links or protocols without IP',
      'a.pcap: 2,000 packets whose headers were cut or make no sense',
    ],
  )
  assert.deepEqual(
    packetsSaid('a.pcap', { packets: 1, unread: { links: 0, otherProtocols: 5, malformed: 0 }, damage: undefined }),
    [],
  )
})

test('a HAR file that is cut, or has what is no entry, says so', () => {
  assert.deepEqual(harSaid('a.har', { entries: 1, unread: 2, whole: false }), [
    'a.har ends before its list of entries does: 1 entry before that',
    'a.har: 2 entries without a URL of HTTP, or that are no JSON or too long',
  ])
  assert.deepEqual(harSaid('a.har', { entries: 5, unread: 0, whole: true }), [])
})
