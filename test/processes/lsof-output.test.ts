import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readLsof, readPs } from '../../src/processes/lsof-output.ts'

// Recorded: node, its listener on 8080, from lsof 4.95 on Linux in a C locale. Made after lsof(8): the f lines, which
// older ones print, the listening socket, and a name with bytes that are escaped.
const recorded = `p4711
ccurl
f5
n127.0.0.1:60268->127.0.0.1:8080
p4024
cnode
f21
n127.0.0.1:8080->127.0.0.1:60268
n[::1]:8080->[::1]:39182
n*:8080
p812
cGoogle\\x20Chr\\xc3\\xb6me ^[[31m
f33
n[::1]:39182->[::1]:8080
`

test('every connection is told with its process, and listeners are not', () => {
  assert.deepEqual(readLsof(recorded), [
    { pid: 4711, name: 'curl', local: '127.0.0.1:60268', remote: '127.0.0.1:8080' },
    { pid: 4024, name: 'node', local: '127.0.0.1:8080', remote: '127.0.0.1:60268' },
    { pid: 4024, name: 'node', local: '[::1]:8080', remote: '[::1]:39182' },
    { pid: 812, name: 'Google Chröme ^[[31m', local: '[::1]:39182', remote: '[::1]:8080' },
  ])
})

test('no output is no connection', () => assert.deepEqual(readLsof(''), []))

test('ps gives a command line a process', () => {
  const lines = '    1 /sbin/launchd\n 4711 curl -x http://127.0.0.1:8080  https://a.example/\n  812 \n'
  assert.deepEqual(
    [...readPs(lines)],
    [
      [1, '/sbin/launchd'],
      [4711, 'curl -x http://127.0.0.1:8080  https://a.example/'],
      [812, ''],
    ],
  )
})
