import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHostName } from '../../ca/host-name.ts'

const dns = (text: string, ...more: string[]) => ({ text, dnsNames: [text, ...more], addresses: [] })
const ip = (text: string, hex: string) => ({ text, dnsNames: [], addresses: [Buffer.from(hex, 'hex')] })

test('DNS names are lower case, without the last dot, in punycode', () => {
  assert.deepEqual(readHostName('WWW.Example.COM.'), dns('www.example.com'))
  assert.deepEqual(readHostName('bücher.example'), dns('xn--bcher-kva.example'))
  assert.deepEqual(readHostName('localhost'), dns('localhost'))
})

test('a name with an underscore gets the wildcard that covers it, where there is one', () => {
  assert.deepEqual(readHostName('my_app.example.com'), dns('my_app.example.com', '*.example.com'))
  assert.deepEqual(readHostName('my_app.local'), dns('my_app.local'))
  assert.deepEqual(readHostName('a.b_c.example'), dns('a.b_c.example'))
})

test('IP literals are addresses, in brackets, with a zone and in every spelling', () => {
  assert.deepEqual(readHostName('127.0.0.1'), ip('127.0.0.1', '7f000001'))
  assert.deepEqual(readHostName('[::1]'), ip('::1', '00000000000000000000000000000001'))
  assert.deepEqual(readHostName('2001:DB8:0:0:0::A'), ip('2001:db8::a', '20010db800000000000000000000000a'))
  assert.deepEqual(readHostName('fe80::1%eth0'), ip('fe80::1', 'fe800000000000000000000000000001'))
  assert.deepEqual(readHostName('::ffff:10.1.2.3'), ip('::ffff:a01:203', '00000000000000000000ffff0a010203'))
  assert.deepEqual(readHostName('1:2:3:4:5:6:7:8'), ip('1:2:3:4:5:6:7:8', '00010002000300040005000600070008'))
  assert.deepEqual(readHostName('::'), ip('::', '00'.repeat(16)))
})

test('what only looks like an address is a name', () => {
  assert.deepEqual(readHostName('127.1'), dns('127.1'))
  assert.deepEqual(readHostName('300.0.0.1'), dns('300.0.0.1'))
  assert.deepEqual(readHostName('010.0.0.1'), dns('010.0.0.1'))
})

test('a host that no certificate can name is refused by name', () => {
  for (const host of [
    '',
    '.',
    'a b',
    '*.example.com',
    '*',
    'a..example',
    '.example',
    'a.example..',
    'b\u00fccher\t.example',
    'b\u00fccher\n.example',
    'a\u0085.example',
    'a:443',
    'a/b',
    'ä/b',
    'user@a',
    'a\0b',
    '[a]',
    '[::1',
    '1::2::3',
    `${'a'.repeat(254)}`,
  ]) {
    assert.throws(() => readHostName(host), { name: 'AuthorityError', code: 'ca/host' }, JSON.stringify(host))
  }
})
