import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Part } from '../offer.ts'
import { encounter, refuses } from '../rogue/encounter.ts'
import { Server12, suite } from '../rogue/server12.ts'

const always = { offer: { versions: [0x0303], suites: [suite.ecdheEcdsa], groups: [23] } }
const ticket: Part = [35, Buffer.alloc(0)]
const newTicket = Buffer.from('04000009 00000e10 0003 616263'.replaceAll(' ', ''), 'hex')

test('both sides change keys and finish, and data goes on under these', () => {
  const server = new Server12()
  const lines: string[] = []
  const act = (s: Server12): void => {
    s.handshake()
    s.send(23, Buffer.from('data'))
  }
  const { data, client } = encounter(server, act, { ...always, client: { keyLog: line => lines.push(line) } })
  assert.equal(data.toString(), 'data')
  client.write(Buffer.from('answer'))
  assert.equal(server.heard.at(-1)?.content.toString(), 'answer')
  assert.deepEqual(lines, [`CLIENT_RANDOM ${server.client.random.toString('hex')} ${server.master!.toString('hex')}\n`])
})

test('a ticket comes before ChangeCipherSpec if it was announced', () => {
  const sessions: { readonly ticket?: Uint8Array; readonly lifetime: number }[] = []
  const act = (s: Server12): void => {
    s.serverHello({}, [ticket])
    s.certificate()
    s.keyExchange()
    s.done()
    s.say(newTicket)
    s.change()
    s.finished()
  }
  encounter(new Server12(), act, { ...always, client: { resumable: session => sessions.push(session) } })
  assert.deepEqual(
    sessions.map(({ ticket, lifetime }) => [String(ticket), lifetime]),
    [['abc', 3600]],
  )
})

refuses(() => new Server12(), always, [
  [
    'a ticket that was not announced',
    10,
    s => {
      s.flight()
      s.say(newTicket)
    },
  ],
  [
    'Finished without ChangeCipherSpec',
    10,
    s => {
      s.flight()
      s.finished()
    },
  ],
  [
    'a wrong Finished',
    51,
    s => {
      s.flight()
      s.change()
      s.finished(Buffer.alloc(12))
    },
  ],
  [
    'data between ChangeCipherSpec and Finished',
    10,
    s => {
      s.flight()
      s.change()
      s.send(23, Buffer.from('data'))
    },
  ],
])
