import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeFrame } from '../../../../../src/wire/websocket/write-frame.ts'
import { acting } from '../http1/acting-http1.ts'

const asked = 'GET /chat HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'
const granted = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n\r\n'
const frame = (text: string): Uint8Array =>
  writeFrame({ fin: true, rsv: 0, opcode: 1, masked: false }, Buffer.from(text))

test('messages behind a 101 are acted on, those that came with it too', async () => {
  const script = acting({
    webSocket: (exchange, { path }) => ({
      act: async ({ bytes }) => ({
        type: 'change',
        acts: [{ by: `${exchange} ${path}`, did: 'shouted' }],
        bytes: Buffer.from(String(Buffer.from(bytes)).toUpperCase()),
      }),
    }),
  })
  script.say('to-server', asked)
  script.say('to-client', Buffer.concat([Buffer.from(granted), frame('early'), frame('next')]))
  script.say('to-server', frame('from the client'))
  const { client, server } = await script.settled()
  assert.equal(
    client,
    `${granted}${Buffer.from(frame('EARLY')).toString('latin1')}${Buffer.from(frame('NEXT')).toString('latin1')}`,
  )
  assert.equal(server, `${asked}${Buffer.from(frame('FROM THE CLIENT')).toString('latin1')}`)
  assert.deepEqual(
    script.events.map(({ exchange, event }) => `${exchange} ${event.type}`),
    ['1 stream-message', '1 stream-message', '1 stream-message'],
  )
  script.say('to-client', 'end')
  assert.deepEqual(script.ends, ['to-client'])
})

test('a WebSocket that nobody claims passes as it came', async () => {
  const script = acting({})
  script.say('to-server', asked)
  script.say('to-client', granted)
  script.say('to-client', frame('hi'))
  assert.equal((await script.settled()).client, granted + Buffer.from(frame('hi')).toString('latin1'))
})
