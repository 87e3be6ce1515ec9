import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingOf, type Visit } from '../../src/doctor/visit.ts'

const visit: Visit = { name: 'curl', path: '/usr/bin/curl', remedy: 'look in ~/.curlrc', timedOut: false, said: '' }

test('a request that came is well, whatever the program said of it', () => {
  const said = 'curl: (23) cannot write'
  const found = (version: string) => findingOf({ ...visit, said, heard: { version, after: 1240 } })
  assert.deepEqual(found('2.0'), { level: 'ok', what: 'curl', says: 'HTTP/2 in 1.2 s, /usr/bin/curl' })
  assert.equal(found('1.1').says, 'HTTP/1.1 in 1.2 s, /usr/bin/curl')
})

test('a connection that failed is told by its problem', () => {
  const problem = { message: 'the client does not trust the CA' }
  assert.deepEqual(findingOf({ ...visit, problem, said: 'something' }), {
    level: 'trouble',
    what: 'curl',
    says: 'the client does not trust the CA',
    remedy: 'look in ~/.curlrc',
  })
})

test('one that went elsewhere is told by its own last line', () => {
  const { says } = findingOf({ ...visit, said: 'trying\r\ncurl: (6) Could not resolve host\n\n' })
  assert.equal(says, 'did not come to Parley: curl: (6) Could not resolve host (/usr/bin/curl)')
  assert.equal(findingOf(visit).says, 'did not come to Parley (/usr/bin/curl)')
  assert.match(findingOf({ ...visit, timedOut: true }).says, /^did not come within its time \(/)
  assert.ok(findingOf({ ...visit, said: 'x'.repeat(5000) }).says.length < 250)
})
