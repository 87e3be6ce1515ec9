import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { actingFailures } from '../../src/problem/catalogue/acting-failures.ts'
import { certificateFailures } from '../../src/problem/catalogue/certificate-failures.ts'
import type { Failures } from '../../src/problem/catalogue/failure.ts'
import { messageFailures } from '../../src/problem/catalogue/message-failures.ts'
import { networkFailures } from '../../src/problem/catalogue/network-failures.ts'
import { otherProxyFailures } from '../../src/problem/catalogue/other-proxy-failures.ts'
import { ownFailures } from '../../src/problem/catalogue/own-failures.ts'
import { ruleFailures } from '../../src/problem/catalogue/rule-failures.ts'
import { rulingFailures } from '../../src/problem/catalogue/ruling-failures.ts'
import { storeFailures } from '../../src/problem/catalogue/store-failures.ts'
import { tlsFailures } from '../../src/problem/catalogue/tls-failures.ts'
import { catalogue, failureOf, isProblemCode, type ProblemCode } from '../../src/problem/codes.ts'

const failures: Failures = catalogue

test('no code stands in two tables', () => {
  const tables = [
    actingFailures,
    tlsFailures,
    certificateFailures,
    networkFailures,
    otherProxyFailures,
    messageFailures,
    ownFailures,
    ruleFailures,
    rulingFailures,
    storeFailures,
  ]
  const codes = tables.flatMap(table => Object.keys(table))
  assert.equal(codes.length, Object.keys(failures).length)
})

test('the failures that a user meets most are in the table', () => {
  const codes = [
    'tls/client-rejected-leaf tls/client-closed-after-certificate tls/no-common-version tls/no-common-suite',
    'tls/no-common-group tls/no-common-signature-algorithm tls/unrecognized-name tls/no-common-alpn',
    'tls/certificate-expired tls/certificate-not-yet-valid tls/certificate-self-signed tls/certificate-incomplete-chain',
    'tls/certificate-wrong-host tls/certificate-revoked tls/certificate-weak-key tls/certificate-weak-digest',
    'tls/client-certificate-required tls/client-certificate-refused tls/handshake-timeout tls/reset-by-client',
    'tls/reset-by-server tls/not-tls tls/http-on-tls-port proxy/loop dns/not-found tcp/refused tcp/unreachable tcp/timeout',
  ].flatMap(line => line.split(' '))
  assert.deepEqual(
    codes.filter(code => !failureOf(code)),
    [],
  )
})

test('a code that is not in the table, even one of Object’s own, has no entry', () => {
  assert.equal(failureOf('tls/whatever'), undefined)
  assert.equal(failureOf('constructor'), undefined)
  assert.equal(isProblemCode('constructor'), false)
})

test('a code from a file becomes a code of the catalogue by the guard alone', () => {
  const known = (code: string): ProblemCode | undefined => (isProblemCode(code) ? code : undefined)
  assert.equal(known('tls/not-tls'), 'tls/not-tls')
  assert.equal(known('tls/of-another-version'), undefined)
})

const root = new URL('../../src', import.meta.url).pathname
const parties = ['client', 'server', 'parley']

/** Codes in the sources of a folder; `tls/refused-by-${peer}` counts for each party that a peer can be. */
function codesIn(folder: string, skip: RegExp): Set<string> {
  const codes = new Set<string>()
  for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || skip.test(file)) continue
    const text = readFileSync(join(root, folder, file), 'utf8')
    for (const [, code = ''] of text.matchAll(
      /['`]((?:tls|tcp|dns|proxy|upstream-proxy|store|own|acting|rule|http[12]?|websocket)\/[a-z$][^'`\s]*)['`]/g,
    ))
      for (const one of expand(code)) codes.add(one)
  }
  return codes
}

function expand(code: string): string[] {
  if (!code.includes('${')) return [code]
  const how = /word\}|\? /.test(code) ? ['closed', 'reset'] : ['']
  const who = /^tls.(refused|ended)-by/.test(code) ? parties : parties.slice(0, 2)
  const filled = how.flatMap(h => who.map(w => code.replace(/\$\{word\}/, h).replace(/\$\{[^}]*\}/, w)))
  return [...new Set(filled)]
}

const said = new Set([
  ...codesIn('problem', /^(catalogue|codes)/),
  ...codesIn('proxy', /^never$/),
  ...codesIn('observe', /^never$/),
  ...codesIn('store', /^never$/),
  ...codesIn('rules', /^never$/),
  ...codesIn('cli', /^never$/),
  ...codesIn('wire', /^(?!http1|http2|websocket)/),
])

test('every code that can be said has its entry', () => {
  assert.ok(said.size > 110, `only ${said.size} codes found`)
  assert.deepEqual(
    [...said].filter(code => !Object.hasOwn(failures, code)),
    [],
  )
})

test('no entry stands for a code that nobody says', () => {
  assert.deepEqual(
    Object.keys(failures).filter(code => !said.has(code)),
    [],
  )
})

test('a problem is made in this folder alone: elsewhere no code stands beside words of its own', () => {
  const made = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file) && !file.startsWith('problem/'))
    .filter(file => /code: ['`][a-z0-9]+\/[^'`]*['`],\s*(blame|message)\b/.test(readFileSync(join(root, file), 'utf8')))
  assert.deepEqual(made, [])
})

test('remedies name only options and commands that there are', () => {
  const options = readFileSync(join(root, 'cli/options.ts'), 'utf8')
  for (const [code, { remedy }] of Object.entries(failures)) {
    for (const [flag] of (remedy ?? '').matchAll(/--[a-z-]+[a-z]/g))
      assert.ok(options.includes(flag), `${code}: ${flag}`)
    for (const [, command = ''] of (remedy ?? '').matchAll(/`parley ([^`]+)`/g))
      assert.ok(['ca path', 'ca install', 'ca new'].includes(command), `${code}: ${command}`)
  }
})
