import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { proxyOptions } from '../../src/cli/options.ts'
import { noProxyPatterns, waysOut } from '../../src/cli/upstream-proxy.ts'
import { flagsFrom } from './flags-from.ts'
import { ownFolder } from './recorded-run.ts'

const folder = ownFolder()
const flagsOf = flagsFrom(proxyOptions)
const waysOf = (environment: Readonly<Record<string, string>>, ...argv: readonly string[]) =>
  waysOut(flagsOf(...argv), environment)
const proxy = { scheme: 'http', host: 'p', port: 3128 }

test('without the option there are no wishes, whatever the environment says', () => {
  assert.equal(waysOf({ HTTPS_PROXY: 'http://p:3128' }), undefined)
})

test('a proxy serves both kinds of request, with the credentials of the file where the URL has none', () => {
  const file = join(folder, 'auth')
  writeFileSync(file, 'me:pass:word\n')
  const auth = ['--upstream-proxy-auth', file]
  const credentials = { user: 'me', password: 'pass:word' }
  assert.deepEqual(waysOf({}, '--upstream-proxy', 'p:3128', ...auth)?.secure, { ...proxy, credentials })
  const own = waysOf({}, '--upstream-proxy', 'http://u:v@p:3128', ...auth)
  assert.deepEqual(own?.clear, { ...proxy, credentials: { user: 'u', password: 'v' } })
  assert.throws(() => flagsOf('--upstream-proxy-auth', join(folder, 'none')), /ENOENT/)
})

test('a PAC file is read when it is given, one of the net is not', () => {
  const file = join(folder, 'p.pac')
  writeFileSync(file, 'function')
  assert.deepEqual(waysOf({}, '--upstream-proxy', `pac+${pathToFileURL(file)}`)?.pac, { text: 'function' })
  assert.deepEqual(waysOf({}, '--upstream-proxy', 'pac+http://p/p.pac')?.pac, { url: 'http://p/p.pac' })
  for (const wrong of ['pac+x', 'pac+ftp://p/', 'ftp://p', '', 'pac+file:///nowhere.pac'])
    assert.throws(() => flagsOf('--upstream-proxy', wrong), /give |cannot be read/, wrong)
})

test('the environment is read by curl’s rules, and Parley itself is no other proxy', () => {
  const env = (environment: Readonly<Record<string, string>>) => waysOf(environment, '--upstream-proxy', 'env')
  assert.deepEqual(env({}), { secure: 'direct', clear: 'direct', except: [] })
  assert.deepEqual(env({ HTTPS_PROXY: 'p:3128', https_proxy: '' }), { secure: 'direct', clear: 'direct', except: [] })
  assert.deepEqual(env({ HTTPS_PROXY: 'p:3128' }), { secure: proxy, clear: 'direct', except: [] })
  assert.deepEqual(env({ all_proxy: 'p:3128', NO_PROXY: 'x' }), { secure: proxy, clear: proxy, except: ['x', '*.x'] })
  assert.equal(env({ http_proxy: 'http://localhost:8080' })?.clear, 'direct')
  assert.throws(() => env({ https_proxy: 'gopher://p' }), /HTTPS_PROXY or ALL_PROXY/)
})

test('NO_PROXY names hosts with all below them, addresses, ranges, or everything', () => {
  assert.deepEqual(noProxyPatterns(' .a.example, b:81 ,,10.0.0.0/8 ::1 *'), [
    ...['a.example', '*.a.example', 'b:81', '*.b:81', '10.0.0.0/8', '::1', '*'],
  ])
})
