import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readServiceAnswer, serviceQuestion } from '../../../src/wire/dns/service-records.ts'
import { MalformedError } from '../../../src/wire/reader.ts'
import { alpnValue, answerBytes, parameter, serviceData } from './answer-bytes.ts'

const name = 'www.example.com'

test('the question asks for HTTPS records, wants recursion and takes datagrams of 1232 bytes', () => {
  assert.equal(
    Buffer.from(serviceQuestion(0x1234, 'a.bc')).toString('hex'),
    ['1234', '0100', '0001', '0000', '0000', '0001', '0161026263000041', '0001', '000029', '04d0', '000000000000'].join(
      '',
    ),
  )
})

test('records are read with protocols, port and ECH, the first to be tried first', () => {
  const alias = { type: 5, data: Buffer.of(0xc0, 12) }
  const second = serviceData(2, 'other.example', parameter(3, Buffer.of(0x20, 0xfb)))
  const first = serviceData(
    1,
    '',
    parameter(1, alpnValue('h3', 'h2')),
    parameter(5, Buffer.alloc(70)),
    parameter(4, Buffer.alloc(4)),
  )
  const message = answerBytes({ name, records: [alias, { data: second }, { data: first }] })
  assert.deepEqual(readServiceAnswer(message, name.toUpperCase()), {
    id: 7,
    code: 0,
    cut: false,
    records: [
      { priority: 1, target: '', alpn: ['h3', 'h2'], ech: true },
      { priority: 2, target: 'other.example', port: 8443 },
    ],
  })
})

test('an answer that was cut, a refusal, and one to another question', () => {
  assert.equal(
    readServiceAnswer(answerBytes({ name, flags: 0x8380, records: [{ data: Buffer.of(0) }] }), name).cut,
    true,
  )
  assert.equal(readServiceAnswer(answerBytes({ name, flags: 0x8183, records: [] }), name).code, 3)
  for (const message of [answerBytes({ name: 'b.example', records: [] }), serviceQuestion(7, name)])
    assert.throws(() => readServiceAnswer(message, name), MalformedError)
})

test('cut anywhere or with any bytes in it, an answer is read or malformed', () => {
  const data = serviceData(1, 'x.example', parameter(1, alpnValue('h3')), parameter(5, Buffer.alloc(9)))
  const whole = answerBytes({ name, records: [{ data }, { data }] })
  fc.assert(
    fc.property(fc.nat(whole.length), fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255))), (length, changes) => {
      const message = Buffer.from(whole)
      for (const [at, value] of changes) message[at] = value
      try {
        assert.ok(readServiceAnswer(message.subarray(0, length), name).records.length <= 64)
      } catch (error) {
        if (!(error instanceof MalformedError)) throw error
      }
    }),
  )
})
