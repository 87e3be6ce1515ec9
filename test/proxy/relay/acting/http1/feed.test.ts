import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acting, acts, chunks, get, onRequests, onResponses } from './acting-http1.ts'

test('another server is asked, and its answer comes in turn and can be claimed', async () => {
  const asked: string[] = []
  const script = acting(
    {
      ...onRequests(({ head }) => ({
        type: 'elsewhere',
        acts,
        server: { scheme: 'http', host: 'b.test', port: 80 },
        head: { ...head, path: '/else' },
      })),
      ...onResponses(
        ({ head, body }) => ({ type: 'change', acts, head, body: Buffer.from(`${Buffer.from(body!)}!`) }),
        100,
      ),
    },
    async ({ server, head, body }) => {
      let text = ''
      if (body instanceof Uint8Array) text = String(Buffer.from(body))
      else for await (const piece of body) text += String(Buffer.from(piece))
      asked.push(`${server.host} ${head.path} ${text}`)
      const answer = async function* () {
        yield Buffer.from(text || 'none')
      }
      return {
        request: head,
        head: {
          status: 200,
          reason: '',
          version: 'HTTP/2',
          headers: [
            [':status', '200'],
            ['a', 'b'],
          ],
        },
        body: answer(),
      }
    },
  )
  script.say('to-server', chunks.slice(0, 80))
  await script.settled()
  script.say('to-server', chunks.slice(80) + get)
  const { client, server } = await script.settled()
  assert.deepEqual(asked.toSorted(), ['b.test /else ', 'b.test /else abcde'])
  assert.equal(
    client,
    'HTTP/1.1 200 OK\r\na: b\r\nContent-Length: 6\r\n\r\nabcde!HTTP/1.1 200 OK\r\na: b\r\nContent-Length: 5\r\n\r\nnone!',
  )
  assert.equal(server, '')
})
