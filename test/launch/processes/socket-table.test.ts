import assert from 'node:assert/strict'
import { endianness } from 'node:os'
import { test } from 'node:test'
import fc from 'fast-check'
import { findSockets, isLoopback } from '../../../src/launch/processes/socket-table.ts'

const skip = endianness() === 'LE' ? false : 'the tables were recorded on a little-endian machine'
const socket = (local: string, port: number, listener: number) => ({
  local: { address: local, port },
  remote: { address: '127.0.0.1', port: listener },
})

// cat /proc/net/tcp: a listener, both ends of a connection to it, and one that is over
const tcp = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:49F4 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1584120 1 00000000e0b50b2d 100 0 0 10 0
   1: 0100007F:49F4 0100007F:C2FE 01 00000000:00000000 00:00000000 00000000     0        0 1584122 1 00000000c7f1d0d4 20 4 30 10 -1
   2: 0100007F:C2FE 0100007F:49F4 01 00000000:00000000 00:00000000 00000000  1000        0 1584121 1 00000000dc0bbf00 20 4 30 10 -1
   3: 0100007F:8A67 0100007F:49F4 06 00000000:00000000 03:00001304 00000000     0        0 0 3 000000009749486e
`
// cat /proc/net/tcp6: a client on ::1, and one on 127.0.0.1 with a socket of the newer family, as Java has them
const tcp6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:AEB1 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1607149 1 0000000062dd155e 100 0 0 10 0
   1: 00000000000000000000000001000000:990E 00000000000000000000000001000000:AEB1 01 00000000:00000000 00:00000000 00000000     0        0 1607151 2 00000000adadaec3 20 0 0 10 -1
   2: 0000000000000000FFFF00000100007F:EB6C 0000000000000000FFFF00000100007F:AEB1 01 00000000:00000000 00:00000000 00000000     0        0 1607152 1 00000000a9599d57 20 0 0 10 -1
`

test('a client is found by both ports, and its user is told', { skip }, () => {
  assert.deepEqual(findSockets(tcp, [socket('127.0.0.1', 49_918, 18_932)]), [{ inode: '1584121', uid: 1000 }])
  assert.deepEqual(findSockets(tcp, [socket('::ffff:127.0.0.1', 49_918, 18_932)]), [{ inode: '1584121', uid: 1000 }])
})

test('a listener is found by its address, or by all addresses of the newer family', { skip }, () => {
  const listening = (address: string, port: number) => ({ local: { address, port }, remote: { address: '', port: 0 } })
  assert.deepEqual(findSockets(tcp, [listening('127.0.0.1', 18_932)]), [{ inode: '1584120', uid: 0 }])
  assert.deepEqual(findSockets(tcp6, [listening('::', 44_721), listening('::1', 44_721)]), [
    { inode: '1607149', uid: 0 },
    undefined,
  ])
})

test('the listener’s own end, another listener and a socket that nobody holds are not it', { skip }, () => {
  const asked = [
    socket('127.0.0.1', 18_932, 18_932),
    socket('127.0.0.1', 49_918, 80),
    socket('127.0.0.1', 35_431, 18_932),
  ]
  assert.deepEqual(findSockets(tcp, asked), [undefined, undefined, undefined])
})

test('IPv6 sockets are found on ::1 and on an IPv4 address', { skip }, () => {
  const asked = [socket('127.0.0.1', 60_268, 44_721), socket('::1', 39_182, 44_721), socket('::1', 60_268, 44_721)]
  assert.deepEqual(
    findSockets(tcp6, asked).map(entry => entry?.inode),
    ['1607152', '1607151', undefined],
  )
})

test('any text is read to its end, whole or cut', () => {
  const asked = [socket('127.0.0.1', 49_918, 18_932)]
  for (let end = 0; end < tcp.length; end++) assert.equal(findSockets(tcp.slice(0, end), asked).length, 1)
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(':', ' ', '\n', '0', 'F') }), text => {
      assert.deepEqual(findSockets(text, asked), [undefined])
    }),
  )
})

test('loopback is 127.0.0.0/8 and ::1, however written', () => {
  for (const address of ['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1', '::FFFF:127.0.0.1'])
    assert.equal(isLoopback(address), true, address)
  for (const address of [
    '',
    '128.0.0.1',
    '10.127.0.0',
    '192.168.1.7',
    '::',
    '::ffff:10.0.0.1',
    'fe80::1',
    '127.0.0.1.example',
  ])
    assert.equal(isLoopback(address), false, address)
})
