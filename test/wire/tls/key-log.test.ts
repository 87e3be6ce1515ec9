import assert from 'node:assert/strict'
import { test } from 'node:test'
import { preMasterFor, readKeyLog, ticketKeyFor, ticketKeyLine } from '../../../src/wire/tls/key-log.ts'

const random = Buffer.alloc(32, 0xab)
const subject = random.toString('hex')

test('lines of another client random, comments and bad lines are skipped', () => {
  const { secrets } = readKeyLog(
    [
      `# CLIENT_RANDOM ${subject} 01`,
      `CLIENT_RANDOM ${'cd'.repeat(32)} 02`,
      `CLIENT_RANDOM ${subject} zz`,
      `CLIENT_RANDOM ${subject} 123`,
      `CLIENT_RANDOM ${subject} 01 02`,
      `CLIENT_RANDOM ${subject}`,
      '',
      'nonsense',
      `SERVER_TRAFFIC_SECRET_0 ${subject.toUpperCase()} 0304\r`,
    ],
    random,
  )
  assert.deepEqual([...secrets], [['SERVER_TRAFFIC_SECRET_0', Buffer.from([3, 4])]])
})

test('an RSA line is told by the first eight bytes of the encrypted pre-master secret', () => {
  const encrypted = Buffer.alloc(256, 7)
  const lines = [`RSA ${'07'.repeat(8)} 0303`, `RSA ${'08'.repeat(8)} 0404`]
  assert.deepEqual(preMasterFor(lines, encrypted), Buffer.from([3, 3]))
  assert.equal(preMasterFor(lines, Buffer.alloc(256, 9)), undefined)
})

test('the key of a ticket is told by the ticket’s first bytes, however short it is', () => {
  const key = Buffer.alloc(32, 5)
  for (const length of [8, 32, 200]) {
    const ticket = Buffer.alloc(length, 7)
    const lines = [ticketKeyLine(Buffer.alloc(length, 8), Buffer.alloc(48)), ticketKeyLine(ticket, key)]
    assert.deepEqual(ticketKeyFor(lines, ticket), key)
    assert.equal(ticketKeyFor(lines, Buffer.alloc(length, 9)), undefined)
  }
})
