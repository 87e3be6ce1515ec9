import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkVariables } from '../../../src/doctor/checks/variables.ts'
import { hereWith, soundRoot } from '../here.ts'

const found = (
  environment: Readonly<Record<string, string>>,
  textOf: (path: string) => string | undefined = () => '',
) => checkVariables(hereWith({ environment, textOf }))
const only = (environment: Readonly<Record<string, string>>, textOf?: (path: string) => string | undefined) => {
  const findings = found(environment, textOf)
  assert.equal(findings.length, 1, JSON.stringify(findings))
  return findings[0]!
}

test('nothing set, or set to nothing, is well', () => {
  for (const environment of [{}, { NO_PROXY: '', https_proxy: '' }])
    assert.deepEqual(only(environment), { level: 'ok', what: 'variables', says: 'none that would lead past Parley' })
})

test('NO_PROXY is told in both spellings, and where they differ', () => {
  assert.deepEqual(only({ NO_PROXY: 'localhost,.corp' }), {
    level: 'note',
    what: 'NO_PROXY',
    says: 'localhost,.corp: these hosts are reached without Parley',
    remedy: 'unset NO_PROXY',
  })
  assert.equal(only({ no_proxy: 'a' }).remedy, 'unset no_proxy')
  assert.equal(only({ NO_PROXY: 'a', no_proxy: 'a' }).says, 'a: these hosts are reached without Parley')
  const both = only({ NO_PROXY: 'a', no_proxy: 'b' })
  assert.equal(both.says, 'a: these hosts are reached without Parley; no_proxy says otherwise: b')
  assert.equal(both.remedy, 'unset NO_PROXY no_proxy')
})

test('a NO_PROXY for every host is trouble, in either spelling', () => {
  assert.equal(only({ NO_PROXY: ' * ' }).level, 'trouble')
  assert.equal(only({ NO_PROXY: 'a', no_proxy: '*' }).level, 'trouble')
})

test('another proxy is a note without its password; Parley itself is well', () => {
  const other = only({ HTTPS_PROXY: 'http://anna:secret@proxy.corp:3128' })
  assert.deepEqual(
    [other.level, other.remedy],
    ['note', 'parley --upstream-proxy env goes on to it; else unset HTTPS_PROXY'],
  )
  assert.equal(other.says, 'names another proxy, proxy.corp:3128: programs go there, not to Parley')
  for (const value of ['http://127.0.0.1:8080', 'localhost:8080', 'http://[::1]:8080/'])
    assert.equal(only({ all_proxy: value }).level, 'ok', value)
  assert.equal(only({ HTTP_PROXY: 'http://127.0.0.1:8081' }).level, 'note')
})

test('a proxy that cannot be read is trouble, and is not repeated', () => {
  const finding = only({ HTTP_PROXY: 'http://anna:sec ret@:x' })
  assert.deepEqual([finding.level, finding.says], ['trouble', 'names no proxy that can be read'])
})

test('a file of roots is well if it holds this root, a note if not, trouble if it is not there', () => {
  const pem = soundRoot.certificatePem.replaceAll('\n', '\r\n')
  for (const name of ['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS']) {
    const set = { [name]: '/roots.pem' }
    assert.equal(only(set, () => `others\n${pem}`).level, 'ok')
    assert.equal(only(set, () => 'others').says, 'names /roots.pem, which has not this root')
    assert.deepEqual(
      only(set, () => undefined),
      {
        level: 'trouble',
        what: name,
        says: 'names /roots.pem, which cannot be read',
        remedy: `unset ${name}`,
      },
    )
  }
})

test('a Node that verifies nothing is trouble', () => {
  assert.equal(only({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }).level, 'trouble')
  assert.equal(only({ NODE_TLS_REJECT_UNAUTHORIZED: '1' }).level, 'ok')
})

test('options of Java are a note if they steer proxies or trust', () => {
  assert.equal(only({ JAVA_TOOL_OPTIONS: '-Xmx1g' }).level, 'ok')
  for (const property of ['http.proxyHost', 'https.proxyHost', 'http.nonProxyHosts', 'javax.net.ssl.trustStore'])
    assert.match(only({ JAVA_TOOL_OPTIONS: `-Xmx1g -D${property}=x` }).says, new RegExp(`^sets ${property}:`))
})

test('within parley run its own variables are well', () => {
  const set = {
    PARLEY: '127.0.0.1:4711',
    HTTPS_PROXY: 'http://u:p@127.0.0.1:4711',
    JAVA_TOOL_OPTIONS: '-Dhttp.proxyHost=x',
  }
  assert.deepEqual(
    found(set).map(({ level }) => level),
    ['ok', 'ok'],
  )
})

test('each variable is told by itself', () => {
  assert.deepEqual(
    found({ no_proxy: 'a', HTTP_PROXY: 'x:1', HTTPS_PROXY: 'x:1', JAVA_TOOL_OPTIONS: '-ea' }).map(({ what }) => what),
    ['no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'JAVA_TOOL_OPTIONS'],
  )
})
