import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCertificateRequest } from '../../../../../src/wire/tls/client/tls13/certificate-request.ts'
import { extensionList, message, type Part, u16, vector8, vector16 } from '../offer.ts'
import { stateOf } from '../state-of.ts'

const schemes: Part = [13, vector16(u16(0x0403), u16(0x0804))]
const read = (parts: readonly Part[], context = Buffer.alloc(0)) =>
  readCertificateRequest(stateOf(), { type: 13, bytes: message(13, vector8(context), extensionList(parts)) })

test('a request names schemes, and what our answer says again', () => {
  const context = Buffer.from('again')
  assert.deepEqual(read([schemes], context), { context, schemes: [0x0403, 0x0804] })
  assert.throws(() => read([]), { alert: 109 })
  assert.throws(() => read([[13, vector16()]]), { alert: 50 })
  assert.throws(() => read([schemes, schemes], context), { alert: 47 })
})
