import assert from 'node:assert/strict'
import { connect, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { lsofProcesses, readLsof, readPs } from '../../../src/launch/processes/lsof-processes.ts'
import { findProgram } from '../../e2e/support/programs.ts'

const socket = (port: number, address = '127.0.0.1') => ({
  local: { address, port },
  remote: { address, port: 8080 },
})

test('one lsof and one ps serve all that ask', async () => {
  const ran: string[] = []
  const find = lsofProcesses(async (program, args) => {
    ran.push([program, ...args].join(' '))
    if (program === 'ps') return '  7 /usr/bin/curl -x proxy\n'
    return 'p7\nccurl\nn127.0.0.1:1->127.0.0.1:8080\nn[::1]:3->[::1]:8080\np9\ncnode\nn127.0.0.1:8080->127.0.0.1:1\n'
  })
  const curl = { pid: 7, name: 'curl', command: '/usr/bin/curl -x proxy' }
  const asked = [socket(1), socket(2), socket(3, '::1'), socket(1, '::ffff:127.0.0.1')]
  assert.deepEqual(await find(asked), [curl, undefined, curl, curl])
  assert.deepEqual(ran, ['lsof -nPw -iTCP:8080 -sTCP:ESTABLISHED -F pcn', 'ps -ww -o pid=,command= -p 7'])
})

test('where nothing is found, ps is not asked', async () => {
  const find = lsofProcesses(async program => (program === 'lsof' ? '' : assert.fail()))
  assert.deepEqual(await find([socket(1), socket(2)]), [undefined, undefined])
})

const missing = ['lsof', 'ps'].filter(name => !findProgram(name))
const skip = missing.length > 0 ? `needs ${missing.join(', ')}` : false

test('the real lsof, here Linux’s, names this process', { skip }, async t => {
  const server = createServer().listen(0, '127.0.0.1')
  t.after(() => server.close())
  const client = await new Promise<Socket>(resolve => {
    server.once('listening', () => {
      const made = connect((server.address() as { port: number }).port, '127.0.0.1', () => resolve(made))
    })
  })
  t.after(() => client.destroy())
  const local = { address: client.localAddress!, port: client.localPort! }
  const remote = { address: client.remoteAddress!, port: client.remotePort! }
  const [found, none] = await lsofProcesses()([
    { local, remote },
    { local: { ...local, port: 1 }, remote },
  ])
  assert.equal(found?.pid, process.pid)
  assert.match(found.command, /node/)
  assert.equal(none, undefined)
})

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
