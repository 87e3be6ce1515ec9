import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { ServiceLookup, serviceName } from '../../../src/proxy/dial/service-lookup.ts'
import { alpnValue, answerBytes, parameter, serviceData } from '../../wire/dns/answer-bytes.ts'

const target = { host: 'www.example.com', port: 443 }
const h3 = serviceData(1, '', parameter(1, alpnValue('h3')))

type Answers = (question: Buffer) => readonly Uint8Array[]

const right: Answers = question => [
  answerBytes({ id: question.readUInt16BE(0), name: target.host, records: [{ data: h3 }] }),
]

/** A resolver on loopback: its address, and how often it was asked. */
async function resolver(t: TestContext, answers: Answers) {
  const socket = createSocket('udp4')
  t.after(() => socket.close())
  const asked: Buffer[] = []
  socket.on('message', (question, from) => {
    asked.push(question)
    for (const answer of answers(question)) socket.send(answer, from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return { asked, server: `127.0.0.1:${socket.address().port}` }
}

test('a name is asked once an hour, however often it is wanted', async t => {
  const { asked, server } = await resolver(t, right)
  let now = 0
  const lookup = new ServiceLookup({ servers: () => [server], now: () => now })
  const wanted = () => lookup.recordsOf(target)
  const [first, second] = await Promise.all([wanted(), wanted()])
  assert.deepEqual([first, second, await wanted()], Array(3).fill([{ priority: 1, target: '', alpn: ['h3'] }]))
  assert.equal(asked.length, 1)
  now = 3_600_000
  await wanted()
  assert.equal(asked.length, 2)
})

test('another number, another question and what is no answer are passed over', async t => {
  const { server } = await resolver(t, question => [
    Buffer.from('no DNS'),
    answerBytes({ id: question.readUInt16BE(0) ^ 1, name: target.host, records: [] }),
    answerBytes({ id: question.readUInt16BE(0), name: 'b.example', records: [] }),
    ...right(question),
  ])
  assert.equal((await new ServiceLookup({ servers: () => [server] }).recordsOf(target)).length, 1)
})

test('a resolver that is silent or not there is followed by the next; without any there are no records', async t => {
  const silent = await resolver(t, () => [])
  const { server } = await resolver(t, right)
  const records = (...servers: readonly string[]) =>
    new ServiceLookup({ servers: () => servers, patience: 30 }).recordsOf(target)
  assert.equal((await records(silent.server, server)).length, 1)
  assert.equal((await records('127.0.0.1:1', server)).length, 1)
  for (const none of [[silent.server], [], ['not an address:x']]) assert.deepEqual(await records(...none), [])
})

test('only so many are asked for at once', async t => {
  const { asked, server } = await resolver(t, () => [])
  const lookup = new ServiceLookup({ servers: () => [server], patience: 100 })
  await Promise.all(Array.from({ length: 40 }, (_, i) => lookup.recordsOf({ host: `a${i}.example`, port: 443 })))
  assert.equal(asked.length, 16)
})

test('names that are not for resolvers are not asked of them, and a port has its own name', () => {
  const nameOf = (host: string, port = 443) => serviceName({ host, port })
  for (const host of ['127.0.0.1', '::1', 'localhost', 'nas', 'printer.local', 'x.onion', 'a.test', 'a.localhost.'])
    assert.equal(nameOf(host), undefined, host)
  assert.equal(nameOf('WWW.Example.com.'), 'www.example.com')
  assert.equal(nameOf('a.example', 8443), '_8443._https.a.example')
})
