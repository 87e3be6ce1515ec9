import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, createServer as createHttp, type RequestListener, request } from 'node:http'
import { connect, createServer } from 'node:http2'
import { test } from 'node:test'
import { makeSite } from '../../src/peers/site.ts'
import { conversations } from './conversations.ts'
import { accusesNobody, told, withstands } from './damage.ts'
import { recordConversation } from './record-conversation.ts'

for (const [what, { parts, alpn }] of Object.entries(conversations))
  test(`no damage to ${what} upsets an observer`, () => {
    assert.deepEqual(
      told(parts, alpn).filter(line => line.includes('problem')),
      what.startsWith('HTTP/1') ? ['3 problem http1/obs-fold client', '5 problem http1/bare-lf client'] : [],
    )
    withstands(parts, alpn, 1000)
  })

for (const [what, { parts, alpn }] of Object.entries(conversations))
  test(`what is not recorded of ${what} accuses nobody`, () => accusesNobody(parts, alpn, 2000))

const paths = ['/', '/json', '/events', '/chunked', '/trailers', '/missing']

test('nor to what node:http says', async () => {
  const site = (await makeSite()) as RequestListener
  const parts = await recordConversation(createHttp(site), async port => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (const path of paths) {
      const [response] = await once(request({ port, host: '127.0.0.1', agent, path }).end(), 'response')
      await once(response.resume(), 'end')
    }
    agent.destroy()
  })
  withstands(parts, 'http/1.1', 150)
})

test('nor to what node:http2 says', async () => {
  const site = (await makeSite()) as unknown as Parameters<typeof createServer>[1]
  const parts = await recordConversation(createServer({}, site), async port => {
    const session = connect(`http://127.0.0.1:${port}`)
    for (const path of paths) await once(session.request({ ':path': path }).resume(), 'close')
    session.close()
    await once(session, 'close')
  })
  withstands(parts, 'h2', 150)
})
