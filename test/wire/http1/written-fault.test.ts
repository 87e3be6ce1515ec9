import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writtenFault } from '../../../src/wire/http1/written-fault.ts'

const good = {
  method: 'GET',
  target: '/a?b=1',
  headers: [
    ['Host', 'a.example'],
    ['X-A', 'caf\xe9\ttab'],
  ] as const,
}

test('what may be written has no fault; a pseudo-header neither', () => {
  assert.equal(writtenFault(good), undefined)
  assert.equal(
    writtenFault({
      headers: [
        [':path', '/'],
        ['x-a', ''],
      ],
    }),
    undefined,
  )
  assert.equal(writtenFault({ reason: '', headers: [] }), undefined)
})

test('CR, LF, NUL and what latin1 has not are refused with their place', () => {
  for (const [character, name] of [
    ['\r', 'CR'],
    ['\n', 'LF'],
    ['\0', 'NUL'],
    ['€', '"€"'],
  ] as const) {
    const headers = [
      ['Host', 'a'],
      ['X-A', `12${character}4`],
    ] as const
    assert.equal(writtenFault({ ...good, headers }), `field 2, X-A: its value has ${name} as its character 3`)
    assert.match(writtenFault({ ...good, target: `/${character}` })!, /^the request target has .* as its character 2$/)
    assert.match(writtenFault({ reason: `O${character}K`, headers: [] })!, /^the reason has .* as its character 2$/)
  }
})

test('a method or a name that is no token is refused, and white space in a target', () => {
  for (const name of ['', 'a b', 'a:', ':', '::a', 'a\n', 'é'])
    assert.match(writtenFault({ headers: [[name, 'x']] })!, /^field 1: the name ".*" is no token/, JSON.stringify(name))
  for (const method of ['', 'GE T', 'G\r'])
    assert.match(writtenFault({ ...good, method })!, /^the method .* is no token/, JSON.stringify(method))
  for (const target of ['/a b', '/\t', '/\x7f'])
    assert.match(writtenFault({ ...good, target })!, /white space or a control character/, JSON.stringify(target))
  assert.equal(writtenFault({ ...good, target: '' }), 'the request target is empty')
})
