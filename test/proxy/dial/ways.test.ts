import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DialError } from '../../../src/proxy/dial/dial.ts'
import { type WaysOut, waysOf } from '../../../src/proxy/dial/ways.ts'

const [secure, clear] = (['socks5', 'http'] as const).map(scheme => ({ scheme, host: 'p', port: 1 }))
const target = { host: 'a.example', port: 443 }
const ways = (out: WaysOut | undefined) => waysOf(out, true, 1000)

test('without wishes everything is dialled directly', async () => {
  assert.deepEqual(await ways(undefined).waysTo(target, false), ['direct'])
})

test('each kind of request has its proxy, except for the targets that have none', async () => {
  const { waysTo } = ways({ secure: secure!, clear: clear!, except: ['*.inside.example', '10.0.0.0/8:25'] })
  assert.deepEqual(await waysTo(target, false), [secure])
  assert.deepEqual(await waysTo(target, true), [clear])
  assert.deepEqual(await waysTo({ host: 'x.inside.example', port: 1 }, true), ['direct'])
  assert.deepEqual(await waysTo({ host: '10.1.1.1', port: 25 }, false), ['direct'])
})

test('a PAC file decides, with the credentials for those that it names; what is wrong with it is a problem', async () => {
  const credentials = { user: 'u', password: 'p' }
  const text = `function FindProxyForURL(url, host) { return host === 'a.example' ? 'PROXY p:2; DIRECT' : nothing }`
  const { waysTo } = ways({ secure: 'direct', clear: 'direct', pac: { text }, credentials, except: [] })
  assert.deepEqual(await waysTo(target, false), [{ scheme: 'http', host: 'p', port: 2, credentials }, 'direct'])
  const error = await waysTo({ host: 'b', port: 1 }, false).then(
    () => undefined,
    error => error,
  )
  assert.ok(error instanceof DialError)
  assert.deepEqual([error.problem.code, error.problem.blame], ['upstream-proxy/pac-failed', 'parley'])
  assert.match(error.problem.message, /nothing/)
})
