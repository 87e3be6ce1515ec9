import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hybrid } from '../../../../../src/wire/tls/client/groups/hybrid.ts'

const echo = (name: string) => ({
  share: Buffer.from(name),
  agree: (peer: Uint8Array) => Buffer.from(`${name}(${Buffer.from(peer)})`),
})

test('shares and secrets stand one behind the other', () => {
  const { share, agree } = hybrid(echo('a'), echo('b'), 3)
  assert.equal(share.toString(), 'ab')
  assert.equal(agree(Buffer.from('12345')).toString(), 'a(123)b(45)')
  assert.equal(agree(Buffer.from('1')).toString(), 'a(1)b()') // both parts refuse what is too short for them
})
