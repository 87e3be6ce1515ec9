import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { accessOf, isOpenToOthers, servicesFor } from '../../../src/proxy/entrance/access.ts'
import type { AccessOptions, Services } from '../../../src/proxy/services.ts'
import { readRequestHead } from '../../../src/wire/http1/start-line.ts'
import { startProxy } from '../running.ts'
import { say, statusOf } from '../say.ts'
import { listeningOn } from './cleartext/listening.ts'

const headOf = (fields = '') => readRequestHead(`GET http://a/ HTTP/1.1\r\nHost: a\r\n${fields}\r\n`)!
const basic = (text: string): string => `Proxy-Authorization: Basic ${Buffer.from(text).toString('base64')}\r\n`
const withAuth: AccessOptions = { allow: [], credentials: 'me:pass:word', localTargets: false }

test('an address that others reach is open to them unless it is said who they are', () => {
  for (const host of ['0.0.0.0', '::', '192.168.1.7']) {
    assert.ok(isOpenToOthers(host))
    assert.ok(!isOpenToOthers(host, withAuth))
    assert.ok(!isOpenToOthers(host, { allow: ['10.0.0.0/8'], localTargets: false }))
  }
  for (const host of ['127.0.0.1', '127.0.0.2', '::1']) assert.ok(!isOpenToOthers(host))
})

test('this machine is always admitted, others from the ranges alone', () => {
  const access = accessOf({ allow: ['192.0.2.0/25'], localTargets: false })
  for (const address of ['127.0.0.1', '::1', '192.0.2.7', '::ffff:192.0.2.7'])
    assert.ok(access.admits(address), address)
  for (const address of ['192.0.2.200', '', '2001:db8::1']) assert.ok(!access.admits(address), address)
})

test('only the right credentials pass, given once and as Basic', () => {
  const { refusal } = accessOf(withAuth)
  assert.equal(refusal(headOf(basic('me:pass:word'))), undefined)
  assert.equal(refusal(headOf(basic('me:pass:word').replace('Basic', 'bAsIc '))), undefined)
  const wrong = ['', basic('me:pass'), basic('me:pass:word2'), basic('me:pass:word').repeat(2), basic('').trimEnd()]
  for (const fields of [...wrong, 'Proxy-Authorization: Bearer x\r\n', 'Authorization: Basic bWU6cGFzczp3b3Jk\r\n'])
    assert.equal(refusal(headOf(fields))?.code, 'proxy/credentials', fields)
})

test('a login is held to the same credentials', () => {
  const { asks, knows } = accessOf(withAuth)
  assert.deepEqual([asks, knows('me', 'pass:word'), knows('me', 'pass'), knows('', '')], [true, true, false, false])
})

test('without options nothing is asked', () => {
  assert.ok(accessOf().admits('192.0.2.1'))
  assert.deepEqual([accessOf().asks, accessOf().knows('any', 'body')], [false, true])
  assert.equal(accessOf().refusal(headOf()), undefined)
})

test('a client on another machine reaches no address that is local to this one, by whatever name', async () => {
  const dialled = async (client: string, address: string, localTargets = false): Promise<string> => {
    const shared = {
      options: { access: { allow: ['192.0.2.0/24'], localTargets } },
      async dial(_: unknown, { tell }: { tell(event: object): void }) {
        tell({ type: 'looked-up', name: 'name.example', addresses: ['198.51.100.1', address] })
        return 'dialled'
      },
    } as unknown as Services
    const options = { tell: () => {} } as unknown as Parameters<Services['dial']>[1]
    return servicesFor(shared, client)
      .dial({ host: 'name.example', port: 80 }, options)
      .then(String, error => error.problem.code)
  }
  for (const address of ['127.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1', 'fe80::1']) {
    assert.equal(await dialled('192.0.2.7', address), 'proxy/local-target', address)
    assert.equal(await dialled('192.0.2.7', address, true), 'dialled')
    assert.equal(await dialled('127.0.0.1', address), 'dialled')
  }
  assert.equal(await dialled('192.0.2.7', '203.0.113.1'), 'dialled')
})

for (const method of ['CONNECT', 'GET'])
  test(`${method} without credentials is answered 407, with them it passes, and they are on no tape and at no origin`, async t => {
    const origin = await listeningOn(t, '127.0.0.1')
    const { proxy, tape } = await startProxy(t, { access: withAuth })
    const target = method === 'GET' ? `http://127.0.0.1:${origin.port}/` : `127.0.0.1:${origin.port}`
    const ask = (fields: string): Promise<string> =>
      say(t, proxy, `${method} ${target} HTTP/1.1\r\nHost: h\r\n${fields}Connection: close\r\n\r\n`)
    const refused = await ask('')
    assert.equal(statusOf(refused), 407)
    assert.match(refused, /\r\nProxy-Authenticate: Basic realm="Parley"\r\n/)
    assert.equal(statusOf(await ask(basic('me:wrong'))), 407)
    await tape.closed(2)
    assert.deepEqual(tape.codes(), ['proxy/credentials', 'proxy/credentials'])
    if (method === 'GET') assert.equal(statusOf(await ask(basic('me:pass:word'))), 200)
    const taped = [...tape.contents, ...tape.wires].map(({ bytes }) => Buffer.from(bytes).toString('latin1')).join('')
    assert.ok(!taped.includes('bWU6'), taped)
    assert.match(taped, /Proxy-Authorization: \*+ \*+\r\n/)
  })

test('of any fields those alone pass that give the right credentials, once', () => {
  const access = accessOf(withAuth)
  const right = Buffer.from('me:pass:word').toString('base64')
  const value = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.string({ maxLength: 20 }).map(text => `Basic ${Buffer.from(text).toString('base64')}`),
    fc.constantFrom(
      `Basic ${right}`,
      `BASIC\t${right}`,
      `Basic ${right}=`,
      `Basic ${right.slice(1)}`,
      `Basic ${right},x`,
    ),
  )
  const name = fc.constantFrom('Proxy-Authorization', 'proxy-authorization', 'Authorization')
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value), { maxLength: 3 }), fields => {
      const given = fields.filter(([each]) => each !== 'Authorization')
      const passes = given.length === 1 && new RegExp(`^basic[ \\t]+${right}$`, 'i').exec(given[0]![1]) !== null
      const sameCase = given[0]?.[1].endsWith(right) === true
      const head = { ...headOf(), fields: { ...headOf().fields, headers: fields } }
      assert.equal(access.refusal(head)?.code, passes && sameCase ? undefined : 'proxy/credentials')
    }),
  )
})
