import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mobileConfig } from '../../../src/proxy/site/mobile-config.ts'
import { root } from './make.ts'

const stringsOf = (profile: string, key: string): readonly string[] =>
  [...profile.matchAll(new RegExp(`<key>${key}</key><string>(.*?)</string>`, 'g'))].map(([, value]) => value!)

test('the profile holds a root, and says so in Apple’s words', () => {
  const profile = mobileConfig(root)
  assert.deepEqual(stringsOf(profile, 'PayloadType'), ['com.apple.security.root', 'Configuration'])
  const uuids = stringsOf(profile, 'PayloadUUID')
  for (const uuid of uuids) assert.match(uuid, /^[\dA-F]{8}-[\dA-F]{4}-8[\dA-F]{3}-[89AB][\dA-F]{3}-[\dA-F]{12}$/)
  assert.equal(new Set(uuids).size, 2)
})

test('the same root makes the same profile, so that it replaces the one before', () => {
  assert.equal(mobileConfig(root), mobileConfig(root))
  const other = mobileConfig({ ...root, der: Buffer.from('other') })
  assert.notDeepEqual(stringsOf(other, 'PayloadIdentifier'), stringsOf(mobileConfig(root), 'PayloadIdentifier'))
})

test('a name cannot leave its place', () => {
  const profile = mobileConfig({ ...root, name: '</string><key>x</key>&' })
  assert.match(profile, /<string>&lt;\/string&gt;&lt;key&gt;x&lt;\/key&gt;&amp;<\/string>/)
})
