import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedOf, isAskedItself } from '../../../../src/proxy/entrance/cleartext/asked-itself.ts'
import { type RequestHeadText, readRequestHead } from '../../../../src/wire/http1/start-line.ts'
import { startProxy } from '../../running.ts'
import { say, statusOf } from '../../say.ts'
import { factsWith } from '../../site/make.ts'

const head = (target: string, host: string): RequestHeadText =>
  readRequestHead(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)!
const services = { isOurs: factsWith().isOurs }

test('a path asked for at an address of Parley’s is for its site; anything else goes where it says', () => {
  const targetOf = (target: string, host: string) => {
    const asked = askedOf(head(target, host), services)
    return 'target' in asked ? `${asked.target.host}:${asked.target.port}${asked.path}` : asked.code
  }
  assert.equal(targetOf('/a?b', '127.0.0.1:8080'), 'parley.proxy:8080/a?b')
  assert.equal(targetOf('/', 'localhost:8080'), 'parley.proxy:8080/')
  assert.equal(targetOf('/', 'rebound.example:8080'), 'rebound.example:8080/')
  assert.equal(targetOf('http://127.0.0.1:8080/', '127.0.0.1:8080'), '127.0.0.1:8080/')
  assert.equal(targetOf('http://parley.proxy/', 'x'), 'parley.proxy:80/')
  assert.equal(targetOf('https://a.example/', 'a.example'), 'proxy/bad-request')
  assert.ok(!isAskedItself(head('127.0.0.1:8080', '127.0.0.1:8080'), services))
})

test('the site is served at its name and at Parley’s address, and is not dialled', async t => {
  const { proxy, tape } = await startProxy(t)
  for (const [target, host] of [
    ['/', `127.0.0.1:${proxy.port}`],
    ['/', `localhost:${proxy.port}`],
    ['http://parley.proxy/', 'parley.proxy'],
  ])
    assert.match(
      await say(t, proxy, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
      /<title>Parley</,
    )
  await tape.closed(3)
  assert.deepEqual(
    tape.told('treated').map(({ treatment }) => treatment),
    ['own', 'own', 'own'],
  )
  assert.deepEqual([tape.codes(), tape.told('looked-up'), tape.told('dialled')], [[], [], []])
})

test('a name that was made to lead here gets no page', async t => {
  const { proxy } = await startProxy(t, { hosts: new Map([['rebound.example', '127.0.0.1']]) })
  const answer = await say(
    t,
    proxy,
    `GET / HTTP/1.1\r\nHost: rebound.example:${proxy.port}\r\nConnection: close\r\n\r\n`,
  )
  assert.equal(statusOf(answer), 508)
})

test('through the proxy the site wants credentials as all else; at its address it gives the root without', async t => {
  const access = { allow: [], credentials: 'user:secret', localTargets: false }
  const { proxy } = await startProxy(t, { access, passThrough: ['private.example'] })
  const basic = `Proxy-Authorization: Basic ${Buffer.from('user:secret').toString('base64')}\r\n`
  const get = (target: string, host: string, more = '') =>
    say(t, proxy, `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${more}Connection: close\r\n\r\n`)
  assert.equal(statusOf(await get('http://parley.proxy/', 'parley.proxy')), 407)
  assert.match(await get('http://parley.proxy/', 'parley.proxy', basic), /private\.example/)
  const direct = await get('/', `127.0.0.1:${proxy.port}`)
  assert.equal(statusOf(direct), 200)
  assert.doesNotMatch(direct, /private\.example/)
  assert.equal(statusOf(await get('/', 'other.example')), 407)
})
