import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resumptionPsk, Schedule, verifyData } from '../../../../src/wire/tls/client/schedule.ts'
import { fromHex } from '../tls-fixtures.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

test('the secrets of RFC 8448 3, one after the other', () => {
  const schedule = new Schedule('sha256')
  schedule.advance(fromHex('8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d'))
  const hellos = fromHex('860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8')
  const server = schedule.derive('s hs traffic', hellos)
  const client = schedule.derive('c hs traffic', hellos)
  assert.equal(hex(client), 'b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21')
  assert.equal(hex(server), 'b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38')
  schedule.advance()
  const finished = fromHex('9608102a0f1ccc6db6250b7b7e417b1a000eaada3daae4777a7686c9ff83df13')
  assert.equal(
    hex(schedule.derive('c ap traffic', finished)),
    '9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5',
  )
  assert.equal(
    hex(schedule.derive('exp master', finished)),
    'fe22f881176eda18eb8f44529e6792c50c9a3f89452f68d8ae311b4309d3cf50',
  )
  const last = fromHex('209145a96ee8e2a122ff810047cc952684658d6049e86429426db87c54ad143d')
  const resumption = schedule.derive('res master', last)
  assert.equal(hex(resumption), '7df235f2031d2a051287d02b0241b0bfdaf86cc856231f2d5aba46c434ec196c')
  assert.equal(
    hex(resumptionPsk('sha256', resumption, Uint8Array.of(0, 0))),
    '4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3',
  )
})

test('the binder and the early secrets of RFC 8448 4', () => {
  const schedule = new Schedule('sha256', fromHex('4ecd0eb6ec3b4d87f5d6028f922ca4c5851a277fd41311c9e62d2c9492e1c4f3'))
  const truncated = fromHex('63224b2e4573f2d3454ca84b9d009a04f6be9e05711a8396473aefa01e924a14')
  assert.equal(
    hex(verifyData('sha256', schedule.derive('res binder'), truncated)),
    '3add4fb2d8fdf822a0ca3cf7678ef5e88dae990141c5924d57bb6fa31b9e5f9d',
  )
  const hello = fromHex('08ad0fa05d7c7233b1775ba2ff9f4c5b8b59276b7f227f13a976245f5d960913')
  assert.equal(
    hex(schedule.derive('c e traffic', hello)),
    '3fbbe6a60deb66c30a32795aba0eff7eaa10105586e7be5c09678d63b6caab62',
  )
  assert.equal(
    hex(schedule.derive('e exp master', hello)),
    'b2026866610937d7423e5be90862ccf24c0e6091186d34f812089ff5be2ef7df',
  )
})
