import assert from 'node:assert/strict'
import { test } from 'node:test'
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
