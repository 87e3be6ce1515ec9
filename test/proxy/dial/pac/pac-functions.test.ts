import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openInterpreter } from '../../../../src/proxy/dial/pac/interpreter.ts'

const known = new Map([
  ['inside.example', ['10.1.2.3', 'fd00::1']],
  ['nowhere.example', []],
])
const rows: Readonly<Record<string, unknown>> = {
  "isPlainHostName('intranet')": true,
  "isPlainHostName('a.b')": false,
  "dnsDomainIs('www.Example.com', '.example.com')": true,
  "localHostOrDomainIs('www', 'www.example.com')": true,
  "localHostOrDomainIs('ww', 'www.example.com')": false,
  "dnsDomainLevels('a.b.c')": 2,
  "isResolvable('inside.example')": true,
  "isResolvable('nowhere.example')": false,
  "isInNet('inside.example', '10.0.0.0', '255.0.0.0')": true,
  "isInNet('10.1.2.3', '10.1.2.4', '255.255.255.255')": false,
  "isInNet('192.168.200.1', '192.168.0.0', '255.255.0.0')": true,
  "isInNetEx('fd00::9', 'fd00::/8')": true,
  "dnsResolveEx('inside.example')": '10.1.2.3;fd00::1',
  "convert_addr('0.0.1.2')": 258,
  "shExpMatch('http://a.b/c', '*a.?/*')": true,
  "shExpMatch('a.b', 'a')": false,
  "shExpMatch('a+b', 'a+b*')": true,
  "shExpMatch('x'.repeat(500), '*x'.repeat(60) + 'y')": false,
  "weekdayRange('SUN', 'SAT')": true,
  "weekdayRange('SAT', 'FRI', 'GMT')": true,
  "weekdayRange('NEVER')": false,
  'timeRange(0, 24)': true,
  'timeRange(0, 0, 23, 59)': true,
  "timeRange(0, 0, 0, 23, 59, 59, 'GMT')": true,
  "dateRange('JAN', 'DEC')": true,
  'dateRange(1, 31)': true,
  "dateRange(1, 'JAN', 2020, 31, 'DEC', 2200)": true,
  'dateRange(1990, 1991)': false,
}
for (const [call, value] of Object.entries(rows))
  test(`${call} is ${value}`, async () => {
    const { evaluate } = await openInterpreter('')
    assert.deepEqual(evaluate(`String(${call})`, known), { answer: String(value) })
  })

test('no arguments bring the functions of PAC to more than an exception of the file', async () => {
  const { evaluate } = await openInterpreter('')
  const names = [...new Set(Object.keys(rows).map(call => call.slice(0, call.indexOf('('))))].filter(
    name => name !== '',
  )
  const word = fc.constantFrom(
    '',
    '*',
    '?',
    '10.1.2.3',
    '255.0.0.0',
    '::1/8',
    'MON',
    'JAN',
    'GMT',
    'inside.example',
    '999.1',
    '%',
  )
  const argument = fc.oneof(word, fc.string({ maxLength: 30 }), fc.integer(), fc.constant(null))
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.array(argument, { maxLength: 7 }), (name, given) => {
      const call = `(() => { try { return String(${name}(${given.map(each => JSON.stringify(each)).join(', ')})) } catch (e) { return 'threw ' + (e instanceof Error) } })()`
      const found = evaluate(call, known)
      assert.ok('missing' in found || ('answer' in found && found.answer !== 'threw false'), JSON.stringify(found))
    }),
    { numRuns: 300 },
  )
})
