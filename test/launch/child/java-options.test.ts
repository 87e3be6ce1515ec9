import assert from 'node:assert/strict'
import { test } from 'node:test'
import { javaOptions } from '../../../src/launch/child/java-options.ts'
import { settingFor } from './setting-for.ts'

test('Java is sent through the proxy for loopback too, and given the trust store', () => {
  assert.deepEqual(javaOptions(settingFor()).split(' '), [
    '-Dhttp.proxyHost=127.0.0.1',
    '-Dhttp.proxyPort=8080',
    '-Dhttps.proxyHost=127.0.0.1',
    '-Dhttps.proxyPort=8080',
    '-Dhttp.nonProxyHosts=',
    '-Djavax.net.ssl.trustStore=/r.p12',
    '-Djavax.net.ssl.trustStoreType=PKCS12',
  ])
})

test('where the proxy asks for credentials Basic is allowed in tunnels', () => {
  assert.match(javaOptions(settingFor({ credentials: 'a:b' })), / -Djdk\.http\.auth\.tunneling\.disabledSchemes=$/)
})

test('a path with white space or a quote is one word', () => {
  const withStore = (trustStore: string): string =>
    javaOptions(settingFor({ files: { ...settingFor().files, trustStore } }))
  assert.match(withStore('/my files/r.p12'), / '-Djavax\.net\.ssl\.trustStore=\/my files\/r\.p12' /)
  assert.match(withStore("/o'neil/r.p12"), / "-Djavax\.net\.ssl\.trustStore=\/o'neil\/r\.p12" /)
})
