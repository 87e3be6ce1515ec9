import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeHello } from '../../../src/proxy/hello/seen-hello.ts'
import { changesFor, exactHello, type HelloWishes, tooOld } from '../../../src/proxy/tunnel/exact-hello.ts'
import type { ServiceRecord } from '../../../src/wire/dns/service-records.ts'
import { type HelloParts, helloMessage, list16, u16, usualExtensions, versionsBody } from '../hello-bytes.ts'

const target = { host: 'a.example', port: 443 }
const alpn = Buffer.concat([u16(12), Buffer.from('\x02h2\x08http/1.1', 'latin1')])
const ech = Buffer.concat([
  Buffer.of(0),
  u16(1, 1),
  Buffer.of(7),
  u16(32),
  Buffer.alloc(32, 1),
  u16(16),
  Buffer.alloc(16, 2),
])

const scope = (options: object = {}, records?: Promise<readonly ServiceRecord[]>) =>
  ({
    services: {
      options: { mirror: true, ...options },
      ...(records && { serviceLookup: { recordsOf: () => records } }),
    },
    target,
  }) as never

function wishes(parts: HelloParts = {}, more: Partial<HelloWishes> = {}): HelloWishes {
  const seen = seeHello(helloMessage(parts))!
  return { wishes: {}, oldest: 0x0303, seen, serverName: seen.hello.serverName, alpn: seen.hello.alpn, ...more }
}

const changes = (wished: HelloWishes, of = scope()) => changesFor(of, wished.seen!, wished)

test('a hello is taken as it is where nothing is wanted that only OpenSSL can do', () => {
  const wished = wishes()
  assert.equal(exactHello(scope(), wished), wished.seen)
  assert.equal(exactHello(scope({ mirror: false }), wished), undefined)
  for (const wants of [{ maxVersion: 'TLSv1.2' }, { cipherSuites: 'x' }, { groups: 'x' }, { mirror: false }] as const)
    assert.equal(exactHello(scope(), { ...wished, wishes: wants }), undefined)
  assert.equal(exactHello(scope({ mirror: false }), { ...wished, wishes: { mirror: true } }), wished.seen)
})

test('where there is no hello it is not taken; one of what nobody speaks is, for the server to answer', () => {
  assert.equal(exactHello(scope(), { ...wishes(), seen: undefined }), undefined)
  const odd = wishes({ suites: [0x0005] })
  assert.equal(exactHello(scope(), odd), odd.seen)
})

test('a client that is too old fails on its own leg', () => {
  const { seen: old } = wishes({ version: 0x0302, suites: [0xc013], extensions: [[10, list16(23)]] })
  assert.match(tooOld(old!, 0x0303) ?? '', /min-tls/)
  assert.equal(tooOld(old!, 0x0302), undefined)
  const { seen: greased } = wishes({ extensions: [...usualExtensions.slice(0, 3), [43, versionsBody(0x7a7a, 0x0302)]] })
  assert.match(tooOld(greased!, 0x0303) ?? '', /min-tls/)
})

test('what the client says of itself stays, and the name and protocols that are wanted take the place of its own', async () => {
  const wished = wishes({ extensions: [...usualExtensions, [16, alpn]] })
  assert.deepEqual(await changes(wished), {})
  assert.deepEqual(await changes({ ...wished, serverName: 'b.example' }), { serverName: 'b.example' })
  assert.deepEqual(await changes({ ...wished, serverName: '192.0.2.1' }), { serverName: '' })
  assert.deepEqual(await changes({ ...wished, alpn: ['http/1.1'] }), { alpn: ['http/1.1'] })
  assert.deepEqual(await changes({ ...wishes(), alpn: ['http/1.1'] }), {})
})

test('an encrypted hello is drawn anew where the server may have its key', async () => {
  const wished = wishes({ extensions: [...usualExtensions, [0xfe0d, ech]] })
  const record = { priority: 1, target: '' }
  const redraws = async (of: never) => (await changes(wished, of)).redrawEch
  assert.equal(await redraws(scope({}, Promise.resolve([{ ...record, ech: true as const }]))), true)
  assert.equal(await redraws(scope({}, Promise.resolve([record]))), false)
  assert.equal(await redraws(scope()), true)
})
