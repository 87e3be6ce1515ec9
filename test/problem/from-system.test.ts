import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectProblem, lookupProblem, loopProblem } from '../../src/problem/from-system.ts'

const target = { host: 'a.example', port: 443 }

const lookups = [
  ['ENOTFOUND', 'dns/not-found', 'client'],
  ['ENODATA', 'dns/no-address', 'server'],
  ['EAI_AGAIN', 'dns/timeout', 'parley'],
  ['ETIMEOUT', 'dns/timeout', 'parley'],
  ['ESERVFAIL', 'dns/failed', 'parley'],
] as const
for (const [errno, code, blame] of lookups)
  test(`a lookup that fails with ${errno} is ${code}, and the ${blame} is to blame`, () => {
    const problem = lookupProblem('a.example', errno)
    assert.deepEqual([problem.code, problem.blame], [code, blame])
    assert.match(problem.message, /a\.example/)
    assert.ok(problem.remedy)
  })

const dials = [
  ['ECONNREFUSED', 'tcp/refused', 'server'],
  ['ETIMEDOUT', 'tcp/timeout', 'server'],
  ['EHOSTUNREACH', 'tcp/unreachable', 'server'],
  ['ENETUNREACH', 'tcp/unreachable', 'server'],
  ['EADDRNOTAVAIL', 'tcp/no-local-address', 'parley'],
  ['EMFILE', 'proxy/no-descriptors', 'parley'],
  ['ECONNRESET', 'tcp/reset', 'server'],
  ['EACCES', 'tcp/forbidden', 'parley'],
  ['ESOMETHING', 'tcp/failed', 'parley'],
] as const
for (const [errno, code, blame] of dials)
  test(`a dial that fails with ${errno} is ${code}`, () => {
    const problem = connectProblem(target, errno)
    assert.deepEqual([problem.code, problem.blame], [code, blame])
    assert.match(problem.message, /: a\.example:443/)
  })

for (const errno of ['EMFILE', 'ENFILE'])
  test(`${errno} is Parley's own limit, on a lookup and on a dial`, () => {
    for (const problem of [lookupProblem('a.example', errno), connectProblem(target, errno, 'HTTPS_PROXY')])
      assert.deepEqual([problem.code, problem.blame], ['proxy/no-descriptors', 'parley'])
  })

test('a proxy of the environment that was passed by is told behind the remedy', () => {
  for (const problem of [
    lookupProblem('a.example', 'ENOTFOUND', 'ALL_PROXY'),
    connectProblem(target, 'X', 'ALL_PROXY'),
  ])
    assert.match(
      problem.remedy ?? '',
      /^.+\. ALL_PROXY is set where Parley runs, but .* dials servers itself; with --upstream-proxy env .*\. Where only/,
    )
})

test('a code that an object inherits is not found in the tables, and is told', () => {
  assert.equal(lookupProblem('a.example', 'constructor').code, 'dns/failed')
  assert.match(
    connectProblem(target, 'constructor').message,
    /could not connect to the server: a\.example:443 \(constructor\)/,
  )
})

test('who asks the proxy for Parley itself is told where its site is, an IPv6 address in brackets', () => {
  const { message, remedy } = loopProblem({ host: '::1', port: 8080 })
  assert.match(message, /Parley itself.*: \[::1\]:8080$/)
  assert.match(remedy ?? '', /http:\/\/parley\.proxy\//)
})
