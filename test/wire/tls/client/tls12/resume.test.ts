import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offer } from '../offer.ts'
import { opensslOrigin } from '../openssl/origin.ts'

test('a session is resumed by ticket or id, and renewed by a new ticket', async () => {
  const hello = offer({ versions: [0x0303], sessionTicket: Buffer.from('of the client') })
  const origin = opensslOrigin({})
  const first = await origin.meet({ hello })
  assert.equal(first.client.resumed, false)
  const session = first.sessions.at(-1)!
  const second = await origin.meet({ hello, client: { session } })
  assert.equal(second.error, undefined)
  assert.deepEqual([second.client.resumed, second.client.chain], [true, first.client.chain])
  assert.deepEqual(second.sessions.at(-1)?.secret ?? session.secret, session.secret)
})

test('a refused chain is refused again when its session is resumed', async () => {
  const hello = offer({ versions: [0x0303], sessionTicket: Buffer.from('of the client') })
  const origin = opensslOrigin({})
  const session = (await origin.meet({ hello })).sessions.at(-1)!
  const refusal = { alert: 46, why: 'revoked meanwhile' }
  const { error, client } = await origin.meet({ hello, client: { session, verify: () => refusal } })
  assert.deepEqual([client.resumed, error?.code, error?.alert], [true, 'certificate', 46])
})
