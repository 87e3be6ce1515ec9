import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Elsewhere, ElsewhereAnswer } from '../../../../../src/proxy/relay/acting/core.ts'
import type { Claims } from '../../../../../src/rules/claims.ts'
import { ascii, claimRequest, claimResponse, post, settled, talking } from './peers.ts'

const server = { scheme: 'http', host: 'b.test', port: 80 } as const

async function* parts(...texts: string[]) {
  for (const text of texts) yield ascii(text)
}

function goingElsewhere(answered: ElsewhereAnswer['body'], claims: Partial<Claims> = {}, body?: Uint8Array) {
  const asked: { body: string; path: string }[] = []
  const answer = async ({ head, body: sent }: Elsewhere): Promise<ElsewhereAnswer> => {
    const got: Uint8Array[] = []
    if (sent instanceof Uint8Array) got.push(sent)
    else for await (const part of sent) got.push(part)
    asked.push({ body: Buffer.concat(got).toString(), path: head.path })
    return {
      request: { ...head, version: 'HTTP/1.1' },
      head: {
        status: 200,
        reason: 'Fine',
        version: 'HTTP/1.1',
        headers: [
          ['X-From', 'b'],
          ['Connection', 'close'],
        ],
      },
      body: answered,
      trailers: () => [['x-end', '1']],
    }
  }
  const at = talking(
    {
      request: () =>
        claimRequest(({ head }) => ({
          type: 'elsewhere',
          acts: [],
          server,
          head: { ...head, path: '/b' },
          ...(body && { body }),
        })),
      ...claims,
    },
    answer,
  )
  return { at, asked }
}

test('another server gets the request, its body too, and its answer comes back with its trailers', async () => {
  const { at, asked } = goingElsewhere(parts('from ', 'b'))
  at.fromClient(at.client.preface, at.client.headers(1, post('/')), at.client.data(1, 'to '))
  await settled()
  at.fromClient(at.client.data(1, 'b', true))
  await settled()
  assert.deepEqual(asked, [{ body: 'to b', path: '/b' }])
  const lines = at.atClient()
  assert.deepEqual(
    lines.filter(line => !line.startsWith('WINDOW')),
    ['HEADERS 1 :status=200 x-from=b', 'DATA 1 from ', 'DATA 1 b', 'HEADERS 1 END x-end=1'],
  )
  assert.ok(lines.includes('WINDOW_UPDATE 1 3'))
  assert.deepEqual(at.atServer(), [])
  assert.deepEqual(
    at.told.map(([, event]) => event.type),
    ['server-request', 'server-response'],
  )
})

test('its answer may be claimed as any other', async () => {
  const { at } = goingElsewhere(
    parts('from ', 'b'),
    {
      response: () =>
        claimResponse(({ body }) => ({ type: 'change', acts: [], body: ascii(`${Buffer.from(body!)}!`) }), 100),
    },
    ascii('own'),
  )
  at.fromClient(at.client.preface, at.client.headers(1, post('/'), true))
  await settled()
  assert.deepEqual(at.atClient(), ['HEADERS 1 :status=200 x-from=b', 'DATA 1 from b!', 'HEADERS 1 END x-end=1'])
  assert.deepEqual(at.own, ['1 to-server own', '1 to-client from ', '1 to-client b'])
})

test('where it cannot be asked, the client is told', async () => {
  const at = talking({
    request: () => claimRequest(({ head }) => ({ type: 'elsewhere', acts: [], server, head })),
  })
  at.fromClient(at.client.preface, at.client.headers(1, post('/'), true))
  await settled()
  assert.match(at.atClient()[0]!, /^HEADERS 1 :status=502 /)
})
