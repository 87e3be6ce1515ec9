import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quietPreferences } from '../../../src/launch/browser/firefox-preferences.ts'

test('nothing goes around the proxy: no HTTP/3, no DNS over HTTPS, no connection made ahead', () => {
  const { 'network.http.http3.enable': http3, 'network.trr.mode': trr } = quietPreferences
  const { 'network.http.speculative-parallel-limit': ahead } = quietPreferences
  assert.deepEqual([http3, trr, ahead], [false, 5, 0])
})

test('no preference is about the proxy itself or its trust', () => {
  assert.deepEqual(
    Object.keys(quietPreferences).filter(name => /^network\.proxy|enterprise_roots|cert_pinning/.test(name)),
    [],
  )
})
