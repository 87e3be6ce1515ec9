import assert from 'node:assert/strict'
import http from 'node:http'
import { test } from 'node:test'
import { listen as listenOrigin } from '../../../../src/peers/origin.ts'
import { acts, everySecond, ruled } from '../../ruled.ts'
import { startProxy } from '../../running.ts'
import { readAll } from '../../socket-pair.ts'

const none = () => undefined

test('plain http:// obeys the same rules, and its exchanges keep their places', async t => {
  const server = http.createServer((request, response) => {
    request.resume()
    response.end(`${request.url} ${request.headers['x-parley'] ?? '-'}`)
  })
  const { port, close } = await listenOrigin(server)
  t.after(close)
  const seen: string[] = []
  const { proxy, tape } = await startProxy(
    t,
    {},
    [],
    {},
    {
      connection: none,
      claims: ({ scheme, host: asked }) => {
        seen.push(`${scheme} ${asked}`)
        return { request: none, response: none, webSocket: none, ...everySecond }
      },
    },
  )
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  t.after(() => agent.destroy())
  const get = (path: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const asked = http.get({ host: proxy.host, port: proxy.port, agent, path: `http://127.0.0.1:${port}${path}` })
      asked.on('error', reject)
      asked.on('response', async response => resolve(String(await readAll(response))))
    })
  const answers = []
  for (const path of ['/1', '/2', '/3', '/4']) answers.push(await get(path))
  assert.deepEqual(answers, ['/1 -', '/2 2!', '/3 -', '/4 4!'])
  assert.deepEqual(seen, ['http 127.0.0.1', 'http 127.0.0.1']) // before the dial, and when the server's address is known
  assert.deepEqual([...new Set(tape.acts.map(({ exchange }) => exchange))], [2, 4])
})

test('a rule says where an origin in clear is', async t => {
  const { port, close } = await listenOrigin(http.createServer((_request, response) => void response.end('here')))
  t.after(close)
  const rulings = { claims: none, connection: () => ({ address: '127.0.0.1', by: ['a rule'] }) }
  const { proxy, tape } = await startProxy(t, {}, [], {}, rulings)
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const path = `http://nowhere.invalid:${port}/`
    http.get({ host: proxy.host, port: proxy.port, path, agent: false }, resolve).on('error', reject)
  })
  assert.equal(String(await readAll(answer)), 'here')
  assert.deepEqual(
    tape.told('connected').map(({ remote }) => remote.address),
    ['127.0.0.1'],
  )
})

test('an answer of Parley and a break come over plain http:// too', async t => {
  const { port, close } = await listenOrigin(http.createServer((_request, response) => void response.end('server')))
  t.after(close)
  const { proxy } = await startProxy(
    t,
    {},
    [],
    {},
    ruled({
      request: (_exchange, { path }) => ({
        most: 0,
        act: () =>
          path === '/reset'
            ? { type: 'break', acts, how: 'reset' }
            : { type: 'answer', acts, answer: { status: 418, headers: [], body: Buffer.from('tea') } },
      }),
    }),
  )
  const ask = (path: string): Promise<string> =>
    new Promise(resolve => {
      const asked = http.get({ host: proxy.host, port: proxy.port, path: `http://127.0.0.1:${port}${path}` })
      asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
      asked.on('response', async response => resolve(`${response.statusCode} ${await readAll(response)}`))
    })
  assert.equal(await ask('/tea'), '418 tea')
  assert.equal(await ask('/reset'), 'ECONNRESET')
})
