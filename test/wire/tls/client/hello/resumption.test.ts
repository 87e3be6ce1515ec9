import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  mayOfferEarlyData,
  mayResume,
  sessionIdFor,
  versionsOf,
} from '../../../../../src/wire/tls/client/hello/resumption.ts'
import type { Part } from '../../../../../src/wire/tls/client/hello/template.ts'
import { readClientHello } from '../../../../../src/wire/tls/messages/client-hello.ts'
import { extension, makeHello, resuming, session12, session13, type Wanted } from './hellos.ts'

const hello = (wanted: Wanted) => readClientHello(makeHello(wanted))
const without = (...types: readonly number[]): readonly Part[] => resuming.filter(({ type }) => !types.includes(type))
const id = Buffer.alloc(32, 1)

test('TLS 1.3 resumes with a PSK of the client, psk_dhe_ke and a suite of the same hash', () => {
  assert.equal(mayResume(hello({ extensions: resuming }), session13), true)
  for (const [wanted, session] of [
    [{ extensions: without(41) }, session13],
    [{ extensions: without(45) }, session13],
    [{ extensions: [...without(41, 45), extension.pskModes(0), extension.psk('x')] }, session13],
    [{ extensions: without(43) }, session13],
    [{ extensions: resuming, suites: [0x1302] }, session13],
    [{ extensions: resuming }, session12],
  ] as const)
    assert.equal(mayResume(hello(wanted), session), false)
  assert.equal(mayResume(hello({ extensions: resuming, suites: [0x1303] }), session13), true)
  const { ticket: _, ...noTicket } = session13
  assert.equal(mayResume(hello({ extensions: resuming }), noTicket), false)
})

test('TLS 1.2 resumes where the client offers a ticket or an id, the suite, and extended_master_secret if the session has it', () => {
  const ems = extension.extendedMasterSecret()
  const suites = [0xc02f]
  const { ticket: _, ...rest } = session12
  const byId = { ...rest, sessionId: Buffer.alloc(32, 4) }
  for (const [wanted, session, may] of [
    [{ suites, extensions: [ems, extension.ticket('x')] }, session12, true],
    [{ suites, extensions: [ems, extension.ticket('')], sessionId: id }, session12, true],
    [{ suites, extensions: [ems, extension.ticket('')] }, session12, false],
    [{ suites, extensions: [ems], sessionId: id }, session12, false], // no place for the ticket
    [{ suites, extensions: [ems], sessionId: id }, byId, true],
    [{ suites, extensions: [ems] }, byId, false],
    [{ suites, extensions: [], sessionId: id }, byId, false],
    [{ suites, extensions: [], sessionId: id }, { ...byId, extendedMasterSecret: false }, true],
    [{ suites: [0xc030], extensions: [ems], sessionId: id }, byId, false],
    [{ suites, extensions: [ems], sessionId: id, version: 0x0302 }, byId, false],
    [{ suites, extensions: [ems, extension.versions(0x0304)], sessionId: id }, byId, false],
    [{ suites, extensions: [ems], sessionId: id }, rest, false], // neither ticket nor id
  ] as const)
    assert.equal(mayResume(hello(wanted), session), may)
})

test('a hello that has no room for a ticket does not resume', () => {
  const large = { type: 21, data: Buffer.alloc(50_000) }
  assert.equal(mayResume(hello({ extensions: [large, ...resuming] }), session13), false)
})

test('early data is never offered before TLS 1.3', () => {
  const client = hello({ extensions: resuming, suites: [0x1301, 0xc02f] })
  assert.equal(mayOfferEarlyData(client, { ...session13, maxEarlyData: 1 }), true)
  assert.equal(mayOfferEarlyData(client, { ...session12, maxEarlyData: 1 }), false)
})

test('the id of a hello of TLS 1.3 is as the client drew it', () => {
  const client = hello({ sessionId: id, extensions: [extension.versions(0x0304, 0x0303), extension.ticket('')] })
  assert.deepEqual(Buffer.from(sessionIdFor(client, undefined)), id)
  assert.deepEqual(Buffer.from(sessionIdFor(client, session13)), id)
})

test('the id of a hello of TLS 1.2 that resumes nothing is as the client drew it', () => {
  for (const wanted of [
    { sessionId: id, extensions: [extension.ticket('x'), extension.versions(0x0304)] },
    { sessionId: id, extensions: [extension.versions(0x0303)] },
    { sessionId: id },
  ])
    assert.deepEqual(Buffer.from(sessionIdFor(hello(wanted), undefined)), id)
  assert.equal(sessionIdFor(hello({}), undefined).length, 0)
})

test('a session of TLS 1.2 has its own id, or a new one beside its ticket', () => {
  const sessionId = Buffer.alloc(32, 4)
  assert.deepEqual(sessionIdFor(hello({ sessionId: id }), { ...session12, sessionId }), sessionId)
  assert.equal(sessionIdFor(hello({ sessionId: id.subarray(16) }), session12).length, 16)
  assert.equal(sessionIdFor(hello({}), session12).length, 32)
})

test('a hello without supported_versions offers every version up to its own', () => {
  assert.deepEqual(versionsOf(hello({ version: 0x0302 })), [0x0301, 0x0302])
  assert.deepEqual(versionsOf(hello({ version: 0x0304 })), [0x0301, 0x0302, 0x0303])
  assert.deepEqual(versionsOf(hello({ version: 0x0300 })), [])
})
