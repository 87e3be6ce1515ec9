import assert from 'node:assert/strict'
import { test } from 'node:test'
import { childVariables, proxyUrl, variables } from '../../../src/launch/child/variables.ts'
import { settingFor } from './setting-for.ts'

test('every name stands in one row, and every row says what it is for', () => {
  const names = variables.flatMap(each => each.names)
  assert.equal(new Set(names).size, names.length)
  for (const { names, says } of variables) assert.match(says, /^\w.*[^.]$/, names.join())
})

test('the proxy has both spellings, and nothing goes by it whatever was inherited', () => {
  const set = childVariables(settingFor(), { NO_PROXY: '*', no_proxy: 'localhost', HTTPS_PROXY: 'http://corp:1' })
  for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'])
    assert.equal(set[name], 'http://127.0.0.1:8080', name)
  for (const name of ['NO_PROXY', 'no_proxy', 'NO_GRPC_PROXY', 'no_grpc_proxy']) assert.equal(set[name], '', name)
})

test('what --except names goes by it', () => {
  const set = childVariables(settingFor({ except: ['a.example', '*.b.example'] }), {})
  for (const name of ['NO_PROXY', 'no_proxy']) assert.equal(set[name], 'a.example,.b.example')
  assert.match(set.JAVA_TOOL_OPTIONS!, / -Dhttp\.nonProxyHosts=a\.example\|\*\.b\.example /)
})

test('the key log stays the child’s own', () => {
  assert.ok(!('SSLKEYLOGFILE' in childVariables(settingFor(), { SSLKEYLOGFILE: '/keys' })))
})

test('what stood in a variable of options still stands there, before ours', () => {
  const before = { NODE_OPTIONS: '--no-warnings', JAVA_TOOL_OPTIONS: '-Xmx1g', PHP_INI_SCAN_DIR: '/own' }
  const files = { ...settingFor().files, nodeHook: '/a "b"/hook.cjs' }
  const set = childVariables(settingFor({ files }), before)
  assert.equal(set.NODE_OPTIONS, '--no-warnings --require "/a \\"b\\"/hook.cjs"')
  assert.match(set.JAVA_TOOL_OPTIONS!, /^-Xmx1g -Dhttp/)
  assert.equal(set.PHP_INI_SCAN_DIR, '/own:/php')
  const alone = childVariables(settingFor(), {})
  assert.equal(alone.NODE_OPTIONS, '--require "/hook.cjs"')
  assert.equal(alone.PHP_INI_SCAN_DIR, ':/php') // and the folder that PHP was built with
})

test('credentials stand in the URL as a URL has them, and an IPv6 address in brackets', () => {
  assert.equal(proxyUrl(settingFor({ credentials: 'me:a:b@c' })), 'http://me:a%3Ab%40c@127.0.0.1:8080')
  assert.equal(proxyUrl(settingFor({ host: '::1' })), 'http://[::1]:8080')
})
