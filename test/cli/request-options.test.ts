import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CliError } from '../../src/cli/fail.ts'
import { readRequest } from '../../src/cli/request-options.ts'

const read = (more: Partial<Parameters<typeof readRequest>[0]> = {}) =>
  readRequest({ url: 'a.example', header: [], ...more })

test('a name alone is https; the method follows the body', () => {
  const { url, method, headers } = read()
  assert.deepEqual([url.href, method, headers], ['https://a.example/', 'GET', []])
  assert.deepEqual([read({ data: 'x' }).method, read({ data: 'x', request: 'PUT' }).method], ['POST', 'PUT'])
})

test('user and password of the URL are sent as Basic and are no part of the URL', () => {
  const { url, headers } = read({ url: 'https://user:p%40w@a.example/' })
  assert.equal(url.href, 'https://a.example/')
  assert.deepEqual(headers, [['authorization', `Basic ${Buffer.from('user:p@w').toString('base64')}`]])
})

test('a typed Authorization counts more than that of the URL', () => {
  const { headers } = read({ url: 'https://user@a.example/', header: ['Authorization: Bearer x'] })
  assert.deepEqual(headers, [['Authorization', 'Bearer x']])
})

test('a header is sent byte by byte as it was typed', () => {
  assert.deepEqual(read({ header: ['x-word:  é : b '] }).headers, [['x-word', 'Ã© : b']])
})

test('what cannot be sent is a usage error', () => {
  const wrong = [
    { url: 'ftp://a.example/' },
    { request: 'G T' },
    { request: '' },
    { header: ['a b: c'] },
    { header: ['nonsense'] },
    { header: ['a: b\r\nc: d'] },
    { data: '@/no/such/file' },
  ]
  for (const one of wrong)
    assert.throws(
      () => read(one),
      error => error instanceof CliError && error.exitCode === 2,
      JSON.stringify(one),
    )
})
