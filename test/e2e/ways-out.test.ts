/** Parley behind another proxy: a second Parley, ncat, Node's own, by URL, PAC and environment. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { pathToFileURL } from 'node:url'
import { httpProxy } from '../proxy/dial/other-proxies.ts'
import { runCurl } from './support/curl.ts'
import { makeIdentities } from './support/identities.ts'
import { freePort } from './support/nginx.ts'
import { startOrigin } from './support/origin.ts'
import { startParley } from './support/parley.ts'
import { temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const needs = ['curl']
const host = 'origin.localhost'

async function origins(t: TestContext) {
  const identities = await makeIdentities(t)
  const [secure, clear] = [await startOrigin(t, identities.leaf('origin', { host })), await startOrigin(t)]
  return { ca: ['--upstream-ca', identities.caPath], secure, clear, https: `https://${host}:${secure}` }
}

/** A proxy of another make, once it takes connections. */
async function start(t: TestContext, program: string, argvOf: (port: string) => readonly string[]): Promise<number> {
  const port = await freePort()
  const running = spawn(program, argvOf(String(port)), { stdio: 'ignore' })
  t.after(() => running.kill())
  for (let tries = 0; tries < 100 && !(await answers(port)); tries++)
    await new Promise(resolve => setTimeout(resolve, 50))
  return port
}

const answers = (port: number): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })

for (const [flag, alpn] of [
  ['--http1.1', 'http/1.1'],
  ['--http2', 'h2'],
] as const)
  e2e(`${alpn} through a second Parley, which sees it too; credentials are on no screen`, { needs }, async t => {
    const { ca, https } = await origins(t)
    const second = await startParley(t, ...ca, '--auth', 'me:hush:hush')
    const file = join(temporaryFolder(t), 'auth')
    writeFileSync(file, 'me:hush:hush')
    const roots = ['--upstream-ca', second.caPath]
    const args = ['--upstream-proxy', `http://127.0.0.1:${second.port}`, '--upstream-proxy-auth', file]
    const first = await startParley(t, ...roots, ...args)
    assert.match((await runCurl(first, [flag, `${https}/a`])).stdout, /^GET \/a /)
    const [row] = await first.closed(1)
    assert.deepEqual([row?.protocol, row?.problems], [alpn, []])
    assert.deepEqual(row?.legs.upstream?.via, { scheme: 'http', host: '127.0.0.1', port: second.port })
    assert.ok((row?.legs.upstream?.tunnelled ?? 0) > (row?.legs.upstream?.connected ?? 0))
    assert.equal((await second.closed(1))[0]?.protocol, alpn)
    assert.doesNotMatch(JSON.stringify(row), /hush|bWU6/)
    const wrong = await startParley(t, ...roots, '--upstream-proxy', `http://me:no@127.0.0.1:${second.port}`)
    assert.match((await runCurl(wrong, [flag, `${https}/a`])).stdout, /Side to blame: other proxy.*credentials/s)
  })

const others: readonly (readonly [url: string, program: string, argvOf: (port: string) => readonly string[]])[] = [
  ['http://', 'ncat', port => ['-l', '-k', '127.0.0.1', port, '--proxy-type', 'http']],
  [
    'http://me:hush@',
    'ncat',
    port => ['-l', '-k', '127.0.0.1', port, '--proxy-type', 'http', '--proxy-auth', 'me:hush'],
  ],
  ['socks5://', 'microsocks', port => ['-i', '127.0.0.1', '-p', port]],
  ['socks5h://me:hush@', 'microsocks', port => ['-i', '127.0.0.1', '-p', port, '-u', 'me', '-P', 'hush']],
]
for (const [url, program, argvOf] of others)
  e2e(`through ${program} as ${url}`, { needs: ['curl', program] }, async t => {
    const { ca, https, secure } = await origins(t)
    const proxy = `${url}127.0.0.1:${await start(t, program, argvOf)}`
    const resolve = ['--resolve', `${host}:${secure}:127.0.0.1`] // they ask the system for the name
    const parley = await startParley(t, ...ca, ...resolve, '--upstream-proxy', proxy)
    assert.match((await runCurl(parley, [`${https}/a`])).stdout, /^GET \/a /)
    const [row] = await parley.closed(1)
    assert.equal(row?.legs.upstream?.via?.scheme, url.split(':')[0])
    if (!url.includes('hush')) return
    const wrong = await startParley(t, ...ca, '--upstream-proxy', proxy.replace('hush', 'no'))
    assert.match((await runCurl(wrong, [`${https}/a`])).stdout, /upstream-proxy\/credentials/)
  })

e2e('what is in clear is asked of the proxy itself, and a 407 of it is no answer of the server', { needs }, async t => {
  const { clear } = await origins(t)
  const proxy = await httpProxy(t, clear)
  const parley = await startParley(t, '--upstream-proxy', `http://me:hush@127.0.0.1:${proxy.port}`)
  const url = 'http://only-there.example/x?y'
  assert.match((await runCurl(parley, ['-d', 'body', url])).stdout, /^POST \/x\?y /)
  assert.match((await runCurl(parley, [url])).stdout, /^GET \/x\?y /)
  const basic = `Basic ${btoa('me:hush')}`
  assert.deepEqual(proxy.asked, [`POST ${url} ${basic}`, `GET ${url} ${basic}`])
  assert.doesNotMatch(JSON.stringify(await parley.closed(2)), new RegExp(`hush|${basic}`))
  const strict = await httpProxy(t, clear, '407 Proxy Authentication Required')
  const refused = await startParley(t, '--upstream-proxy', `127.0.0.1:${strict.port}`)
  const { stdout } = await runCurl(refused, ['-w', '%{http_code}', url])
  assert.match(stdout, /upstream-proxy\/credentials.*502$/s)
})

e2e('a PAC file says which way, and exceptions go around it', { needs }, async t => {
  const { clear } = await origins(t)
  const proxy = await httpProxy(t, clear)
  const file = join(temporaryFolder(t), 'proxy.pac')
  writeFileSync(
    file,
    `function FindProxyForURL(url, host) {
    return shExpMatch(host, '*.example') ? 'PROXY 127.0.0.1:9; PROXY 127.0.0.1:${proxy.port}' : 'DIRECT' }`,
  )
  const pac = ['--upstream-proxy', `pac+${pathToFileURL(file)}`]
  const parley = await startParley(t, ...pac, '--upstream-proxy-except', '*.direct.example')
  const urls = ['http://a.example/', `http://127.0.0.1:${clear}/`, 'http://x.direct.example/']
  const { stdout } = await runCurl(parley, urls)
  assert.match(stdout, /^GET \/ .*\nGET \/ .*\n.*x\.direct\.example/)
  assert.equal(proxy.asked.length, 1)
})

e2e('--only opens what it names, by name and port, and relays the rest', { needs }, async t => {
  const { ca, https, secure } = await origins(t)
  const open = await startParley(t, ...ca, '--only', `${host}:${secure}`)
  assert.match((await runCurl(open, [`${https}/a`])).stdout, /^GET \/a /)
  assert.equal((await open.closed(1))[0]?.treatment, 'observe')
  const shut = await startParley(t, ...ca, '--only', '192.0.2.0/24')
  await runCurl(shut, ['-k', `${https}/a`])
  assert.equal((await shut.closed(1))[0]?.treatment, 'pass-through')
  const byAddress = await startParley(t, ...ca, '--pass-through', `127.0.0.0/8:${secure}`, '--pass-through', '::1')
  await runCurl(byAddress, ['-k', `${https}/a`])
  assert.equal((await byAddress.closed(1))[0]?.treatment, 'pass-through')
})
