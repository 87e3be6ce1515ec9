import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { procProcesses } from '../../../src/launch/processes/proc-processes.ts'

interface Fake {
  readonly exe?: string
  readonly comm?: string
  readonly words?: readonly string[]
  readonly links?: readonly string[]
}

/** A folder that looks like /proc; sockets by port, with inode and user. */
function fakeProc(
  t: TestContext,
  processes: Readonly<Record<number, Fake>>,
  sockets: Readonly<Record<number, readonly [inode: number, uid: number]>>,
): string {
  const root = mkdtempSync(join(tmpdir(), 'parley-proc-'))
  t.after(() => rmSync(root, { recursive: true }))
  mkdirSync(join(root, 'net'))
  const rows = Object.entries(sockets).map(([port, [inode, uid]], i) => {
    const local = Number(port).toString(16).toUpperCase().padStart(4, '0')
    return `   ${i}: 0100007F:${local} 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  ${uid}        0 ${inode} 1\n`
  })
  writeFileSync(join(root, 'net/tcp'), `  sl  local_address rem_address\n${rows.join('')}`)
  writeFileSync(join(root, 'loadavg'), '0.1 0.1 0.1 1/80 500\n')
  for (const [pid, { exe, comm = '', words = [], links = [] }] of Object.entries(processes)) {
    mkdirSync(join(root, pid, 'fd'), { recursive: true })
    if (exe !== undefined) symlinkSync(exe, join(root, pid, 'exe'))
    writeFileSync(join(root, pid, 'comm'), `${comm}\n`)
    writeFileSync(join(root, pid, 'cmdline'), words.map(word => `${word}\0`).join(''))
    for (const [fd, link] of links.entries()) symlinkSync(link, join(root, pid, 'fd', String(fd)))
  }
  return root
}

const from = (port: number) => ({
  local: { address: '127.0.0.1', port },
  remote: { address: '127.0.0.1', port: 8080 },
})

test('a socket leads to its process, its file and its arguments', async t => {
  const root = fakeProc(
    t,
    {
      7: { exe: '/usr/bin/curl', words: ['curl', '-x', 'proxy', 'two\nlines'], links: ['/dev/null', 'socket:[111]'] },
      8: { exe: '/usr/bin/python3.13 (deleted)', links: ['socket:[9]', 'socket:[222]', 'socket:[333]'] },
      9: { comm: 'kworker' },
    },
    { 1: [111, 0], 2: [222, 0], 3: [333, 0], 4: [444, 0] },
  )
  const curl = { pid: 7, name: 'curl', command: 'curl -x proxy two lines' }
  const python = { pid: 8, name: 'python3.13', command: '' }
  const find = procProcesses(root, 0)
  assert.deepEqual(await find([from(1), from(3), from(4), from(5), from(2)]), [
    curl,
    python,
    undefined,
    undefined,
    python,
  ])
  assert.deepEqual(await find([from(2)]), [python])
  assert.deepEqual(await find([]), [])
})

test('it is found among many, old and young, also after their numbers began anew', async t => {
  const others = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [900 + i, { exe: '/bin/x', links: ['pipe:[5]'] }]),
  )
  const root = fakeProc(
    t,
    { ...others, 3: { exe: '/bin/old', links: ['socket:[1]'] }, 499: { exe: '/bin/young', links: ['socket:[2]'] } },
    { 1: [1, 0], 2: [2, 0] },
  )
  const names = (await procProcesses(root, 0)([from(1), from(2)])).map(process => process?.name)
  assert.deepEqual(names, ['old', 'young'])
})

test('a user who is not root is told of his own processes alone', async t => {
  const both: Fake = { exe: '/bin/x', links: ['socket:[1]', 'socket:[2]'] }
  const find = procProcesses(fakeProc(t, { 7: both }, { 1: [1, 1000], 2: [2, 1001] }), 1000)
  assert.deepEqual(
    (await find([from(1), from(2)])).map(process => process?.pid),
    [7, undefined],
  )
})

test('without a file its short name speaks; without a name it is nobody', async t => {
  const root = fakeProc(
    t,
    { 7: { comm: 'short', links: ['socket:[1]'] }, 8: { links: ['socket:[2]'] } },
    { 1: [1, 0], 2: [2, 0] },
  )
  const found = await procProcesses(root, 0)([from(1), from(2)])
  assert.deepEqual(found, [{ pid: 7, name: 'short', command: '' }, undefined])
})

test('the real /proc names this process, on both families', { skip: process.platform !== 'linux' }, async t => {
  const server = createServer().listen(0, '::')
  t.after(() => server.close())
  await new Promise(resolve => server.once('listening', resolve))
  const port = (server.address() as { port: number }).port
  const find = procProcesses()
  for (const address of ['127.0.0.1', '::1']) {
    const client = await new Promise<Socket>(resolve => {
      const made = connect(port, address, () => resolve(made))
    })
    const local = { address, port: client.localPort! }
    const [found] = await find([{ local, remote: { address, port } }])
    assert.deepEqual([found?.pid, found?.name], [process.pid, 'node'])
    assert.match(found!.command, /node/)
    client.destroy()
  }
})
