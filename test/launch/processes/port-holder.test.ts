import assert from 'node:assert/strict'
import { test } from 'node:test'
import { portHolder } from '../../../src/launch/processes/port-holder.ts'
import type { ClientSocket } from '../../../src/launch/processes/socket-table.ts'

const nginx = { pid: 7, name: 'nginx', command: 'nginx' }
const nobody = async () => []
const unasked = async () => assert.fail('asked')

test('Linux: sockets that listen on the address or on all are looked for', async () => {
  let asked: readonly ClientSocket[] = []
  const find = async (sockets: readonly ClientSocket[]) => {
    asked = sockets
    return [undefined, undefined, nginx]
  }
  assert.equal(await portHolder({ host: '127.0.0.1', port: 80 }, { platform: 'linux', find, lsof: unasked }), nginx)
  assert.deepEqual(
    asked.map(({ local, remote }) => [local.address, local.port, remote.port]),
    ['127.0.0.1', '0.0.0.0', '::'].map(address => [address, 80, 0]),
  )
})

test('Linux: nobody where nobody is seen, or the look fails', async () => {
  const at = { host: 'localhost', port: 80 }
  assert.equal(await portHolder(at, { platform: 'linux', find: nobody, lsof: unasked }), undefined)
  const find = async () => Promise.reject(new Error('no /proc'))
  assert.equal(await portHolder(at, { platform: 'linux', find, lsof: unasked }), undefined)
})

test('macOS: lsof is asked for who listens', async () => {
  const lsof = async (args: readonly string[]) => {
    assert.deepEqual(args, ['-nPw', '-iTCP:8080', '-sTCP:LISTEN', '-F', 'pc'])
    return 'p123\ncnginx\nf6\nf7\np124\ncother\nf6\n'
  }
  const found = await portHolder({ host: '::1', port: 8080 }, { platform: 'darwin', find: unasked, lsof })
  assert.deepEqual(found, { pid: 123, name: 'nginx', command: '' })
})

test('macOS: nobody where lsof finds none; Windows: nobody', async () => {
  const at = { host: '::1', port: 8080 }
  const lsof = async () => Promise.reject(new Error('exit code 1'))
  assert.equal(await portHolder(at, { platform: 'darwin', find: unasked, lsof }), undefined)
  assert.equal(await portHolder(at, { platform: 'win32', find: unasked, lsof: unasked }), undefined)
})
