/** A capture as packets: tshark reads it with nothing but the file, and sees what Parley saw. */
import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import { createSecureServer } from 'node:http2'
import { connect } from 'node:net'
import { join } from 'node:path'
import tls from 'node:tls'
import WebSocket, { WebSocketServer } from 'ws'
import type { ConnectionJson } from '../../src/view/json/connection-json.ts'
import { makeIdentities } from './support/identities.ts'
import { listenFor, sha256, startOrigin, steadyBytes } from './support/origin.ts'
import { type Parley, startParley } from './support/parley.ts'
import { bodiesByTshark, complaints, http2Data, type Seen, seenByTshark } from './support/pcapng-judge.ts'
import { type Owner, run, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const host = 'origin.localhost'
const large = 100_000

/** The capture as a file, which every program accepts. */
async function exported(owner: Owner, parley: Parley): Promise<string> {
  const file = join(temporaryFolder(owner), 'capture.pcapng')
  const { code, stderr } = await parley.installed.run('export', parley.capturePath, '--as', 'pcapng', '-o', file)
  assert.equal(code, 0, stderr)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.deepEqual(await complaints(file), [])
  const info = await run('capinfos', ['-o', file])
  assert.match(info.stdout, /Strict time order:\s+True/)
  assert.equal((await run('editcap', [file, `${file}.copy`])).code, 0)
  return file
}

/** The handshake of a leg as Parley tells it, in tshark's numbers. */
function handshakeOf({ legs }: ConnectionJson, leg: 'client' | 'upstream'): string[] {
  const messages = legs[leg]?.tls?.messages ?? []
  return messages.flatMap(({ contentType, type, name, encrypted: _, ...rest }) => {
    if (contentType === 22) return [String(type)]
    const alert = name === 'alert' ? /"description"[^}]*?\((\d+)\)/.exec(JSON.stringify(rest))?.[1] : undefined
    return alert === undefined ? [] : [`alert ${alert}`]
  })
}

const handshakes = (seen: Seen | undefined): string[] =>
  (seen?.handshake ?? []).filter(each => !each.startsWith('alert'))

/** Both legs of each connection as tshark sees them, beside what Parley tells. */
async function compared(file: string, rows: readonly ConnectionJson[]): Promise<ReadonlyMap<number, Seen>> {
  const ports = new Set(rows.flatMap(({ legs }) => [legs.client?.remote?.port ?? 0, legs.upstream?.local?.port ?? 0]))
  const seen = await seenByTshark(file, port => ports.has(port))
  for (const row of rows)
    for (const leg of ['client', 'upstream'] as const) {
      const port = leg === 'client' ? row.legs.client?.remote?.port : row.legs.upstream?.local?.port
      const told = handshakeOf(row, leg).filter(each => !each.startsWith('alert'))
      assert.deepEqual(handshakes(seen.get(port ?? 0)), told, `${leg} leg of connection ${row.id}`)
    }
  return seen
}

for (const more of [[], ['--pcap']] as const)
  e2e(
    `tshark reads both legs of curl's requests ${more.length > 0 ? 'as they came' : 'encrypted anew'}`,
    { needs: ['curl', 'tshark', 'editcap', 'capinfos'] },
    async t => {
      const identities = await makeIdentities(t)
      const port = await startOrigin(t, identities.leaf('origin', { host }))
      const parley = await startParley(t, '--upstream-ca', identities.caPath, ...more)
      const curl = async (...args: string[]): Promise<void> => {
        const { code, stderr } = await run('curl', ['-sS', '--noproxy', '', '--cacert', parley.caPath, ...args], {
          timeout: 20_000,
        })
        assert.equal(code, 0, stderr)
      }
      const url = `https://${host}:${port}`
      for (const version of ['1.2', '1.3'])
        for (const http of ['--http1.1', '--http2']) {
          const how = ['--proxy', parley.url, http, '--tls-max', version]
          await curl(...how, '-d', 'hello', `${url}/one`, `${url}/two`)
          await curl(...how, `${url}/bytes/${large}`, `${url}/three`)
        }
      await curl('--socks5-hostname', `127.0.0.1:${parley.port}`, `${url}/socks`)
      const rows = await parley.closed(9)
      await parley.stop()
      const file = await exported(t, parley)
      const seen = await compared(file, rows)
      const posts = ['POST /one', '200', 'POST /two', '200']
      const gets = [`GET /bytes/${large}`, '200', 'GET /three', '200']
      for (const row of rows) {
        const said = row.id === 9 ? ['GET /socks', '200'] : row.id % 2 === 1 ? posts : gets
        const [client, upstream] = [seen.get(row.legs.client!.remote!.port)!, seen.get(row.legs.upstream!.local!.port)!]
        assert.deepEqual(upstream.http, said)
        const tunnel = row.id === 9 ? [] : [`CONNECT ${host}:${port}`, '200']
        assert.deepEqual(client.http, [...tunnel, ...said])
      }
      const bodies = await bodiesByTshark(file, join(temporaryFolder(t), 'bodies'))
      assert.equal(bodies.get(sha256(steadyBytes(large))), 4, 'HTTP/1 in two versions of TLS on two legs')
      const data = [...(await http2Data(file, port => seen.has(port))).values()]
      const whole = data.filter(bytes => bytes.subarray(0, large).equals(steadyBytes(large)))
      assert.equal(whole.length, 4, 'and so HTTP/2')
      const { stdout } = await run('tshark', ['-r', file, '-T', 'fields', '-e', 'frame.comment'])
      assert.equal(/encrypted anew/.test(stdout), more.length === 0)
      assert.doesNotMatch(stdout, /left out|may differ|Zeros/)
    },
  )

e2e('a handshake that the client refuses says so on its alert', { needs: ['curl', 'tshark'] }, async t => {
  const identities = await makeIdentities(t)
  const port = await startOrigin(t, identities.leaf('origin', { host }))
  const parley = await startParley(t, '--upstream-ca', identities.caPath)
  await run('curl', ['-sS', '--noproxy', '', '--proxy', parley.url, `https://${host}:${port}/`], { timeout: 20_000 })
  const rows = await parley.closed(1)
  await parley.stop()
  const file = await exported(t, parley)
  const seen = await compared(file, rows)
  assert.ok(seen.get(rows[0]!.legs.client!.remote!.port)?.handshake.includes('alert 48'))
  const hosts = await run('tshark', ['-r', file, '-q', '-z', 'hosts'])
  assert.match(hosts.stdout, new RegExp(`^127\\.0\\.0\\.1\\s+${host}$`, 'm'))
  const alert = ['-Y', 'tls.alert_message.desc == 48', '-T', 'fields', '-e', 'frame.comment']
  const { stdout } = await run('tshark', ['-r', file, ...alert])
  assert.match(stdout, /the client rejected the certificate that Parley minted/)
})

e2e('bodies in chunks, in clear and in TLS, come again with their trailers', { needs: ['curl', 'tshark'] }, async t => {
  const identities = await makeIdentities(t)
  const { cert, key } = identities.leaf('origin', { host })
  const answer = (_: unknown, response: ServerResponse): void => {
    response.setHeader('Trailer', 'X-End')
    for (let i = 1; i < 9; i++) response.write(steadyBytes(i * 777))
    response.addTrailers({ 'X-End': 'yes' })
    response.end()
  }
  const either = (request: unknown, response: unknown): void => answer(request, response as ServerResponse)
  const secure = createSecureServer({ cert: readFileSync(cert), key: readFileSync(key), allowHTTP1: true }, either)
  const [port, clear] = [await listenFor(t, secure), await listenFor(t, createServer(answer))]
  const parley = await startParley(t, '--upstream-ca', identities.caPath)
  const curl = ['-sS', '--noproxy', '', '--cacert', parley.caPath, '--proxy', parley.url, '--http1.1']
  const [url, inClear] = [`https://${host}:${port}`, `http://127.0.0.1:${clear}`]
  await run('curl', [...curl, `${url}/a`, `${url}/b`, `${url}/c`], { timeout: 20_000 })
  await run('curl', [...curl, `${inClear}/a`, `${inClear}/b`], { timeout: 20_000 })
  await parley.closed(2)
  await parley.stop()
  const file = await exported(t, parley)
  const body = Buffer.concat(Array.from({ length: 8 }, (_, i) => steadyBytes((i + 1) * 777)))
  const bodies = await bodiesByTshark(file, join(temporaryFolder(t), 'bodies'))
  assert.deepEqual([...bodies], [[sha256(body), 10]])
  const { stdout } = await run('tshark', [
    '-r',
    file,
    '-Y',
    'http.response',
    '-T',
    'fields',
    '-e',
    'http.chunked_trailer_part',
    '-e',
    'frame.comment',
  ])
  assert.equal(stdout.match(/X-End/g)?.length, 10)
  assert.doesNotMatch(stdout, /left out/)
})

e2e('messages of a WebSocket are there on both legs', { needs: ['tshark'] }, async t => {
  const identities = await makeIdentities(t)
  const { cert, key } = identities.leaf('origin', { host })
  const server = createSecureServer({ cert: readFileSync(cert), key: readFileSync(key), allowHTTP1: true })
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: true })
  server.on('upgrade', (request: IncomingMessage, socket, head) =>
    sockets.handleUpgrade(request, socket, head, each => each.on('message', bytes => each.send(`heard ${bytes}`))),
  )
  const port = await listenFor(t, server)
  const parley = await startParley(t, '--upstream-ca', identities.caPath)
  const tunnel = connect(parley.port, '127.0.0.1')
  tunnel.write(`CONNECT ${host}:${port} HTTP/1.1\r\n\r\n`)
  await new Promise(resolve => tunnel.once('data', resolve))
  const secure = tls.connect({
    socket: tunnel,
    servername: host,
    ca: readFileSync(parley.caPath),
    ALPNProtocols: ['http/1.1'],
  })
  const socket = new WebSocket(`wss://${host}:${port}/talk`, {
    createConnection: () => secure,
    perMessageDeflate: false,
  })
  await new Promise(resolve => socket.once('open', resolve))
  for (const text of ['one', 'x'.repeat(3000)]) {
    socket.send(text)
    await new Promise(resolve => socket.once('message', resolve))
  }
  socket.close()
  const rows = await parley.closed(1)
  await parley.stop()
  const file = await exported(t, parley)
  const seen = await compared(file, rows)
  const texts = ['one', 'heard one', 'x'.repeat(3000), `heard ${'x'.repeat(3000)}`]
  for (const port of [rows[0]!.legs.client!.remote!.port, rows[0]!.legs.upstream!.local!.port]) {
    const { http } = seen.get(port)!
    for (const text of texts) assert.ok(http.includes(text), text.slice(0, 20))
  }
})

e2e(
  'what is not opened is there with its handshake and the lengths that passed',
  { needs: ['curl', 'tshark'] },
  async t => {
    const identities = await makeIdentities(t)
    const port = await startOrigin(t, identities.leaf('origin', { host }))
    const parley = await startParley(t, '--pass-through', host)
    const url = `https://${host}:${port}/bytes/400000`
    const curl = [
      '-sS',
      '-o',
      join(temporaryFolder(t), 'out'),
      '--noproxy',
      '',
      '--cacert',
      identities.caPath,
      '--proxy',
      parley.url,
    ]
    assert.equal((await run('curl', [...curl, url], { timeout: 20_000 })).code, 0)
    const rows = await parley.closed(1)
    await parley.stop()
    const file = await exported(t, parley)
    const { stdout } = await run('tshark', ['-r', file, '-T', 'fields', '-e', 'tcp.len', '-e', 'tcp.srcport'])
    const lengths = new Map<number, number>()
    for (const line of stdout.split('\n')) {
      const [length, from] = line.split('\t').map(Number)
      lengths.set(from ?? 0, (lengths.get(from ?? 0) ?? 0) + (length ?? 0))
    }
    const { client, upstream } = rows[0]!.legs
    assert.equal(lengths.get(client!.remote!.port), client!.bytes!.toServer)
    assert.equal(lengths.get(port), upstream!.bytes!.toClient)
    assert.equal(lengths.get(parley.port), client!.bytes!.toClient)
  },
)
