/** What goes wrong between Parley and the server, and what a narrow offer leads to; each by a real peer. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { TestContext } from 'node:test'
import tls from 'node:tls'
import type { ConnectionJson } from '../../src/view/json/connection-json.ts'
import { runCurl } from './support/curl.ts'
import { assertProblem, openTunnel, rowTo } from './support/failure-rows.ts'
import { runOpensslClient } from './support/openssl.ts'
import { listenFor, startOrigin } from './support/origin.ts'
import { e2e } from './support/programs.ts'
import { startFullBacklog, startRaw } from './support/refusing-servers.ts'
import { sharedParley } from './support/shared-parley.ts'
import { flipLast, startTamperingRelay, type Tamper, type Way } from './support/tampering-relay.ts'

const host = 'localhost'
const { parley: parleyOf, identities, server } = sharedParley('--timeout', '10')

/** What the client is told by the page is what the connection is told to have failed by. */
async function assertAnswer(port: number, code: string, said: string): Promise<ConnectionJson> {
  assert.match(said, new RegExp(`Code: ${code}\\.`))
  const row = await rowTo(await parleyOf(), port)
  assert.equal(row.problems.length, 1, JSON.stringify(row.problems))
  assertProblem(row, code, 'server')
  return row
}

/** Flips a bit of the record of TLS 1.2 or 1.3 at `at` in its direction, and of it alone. */
const flipAt =
  (way: Way, at: number): Tamper =>
  (record, direction, index) => {
    if (direction === way && index === at) flipLast(record)
  }

const extendedMasterSecret = Buffer.from([0, 23, 0, 0])
/** Makes the extension an unknown one: the session then does without it, and both sides derive the same keys. */
const stripExtendedMasterSecret: Tamper = (record, way, index) => {
  if (way === 'to-server' && index === 0) record[record.indexOf(extendedMasterSecret)]! ^= 0x40
}

const tls12 = ['--tls-max', '1.2']
const damages: readonly [what: string, code: string, evidence: RegExp, tamper: Tamper, curlArgs?: string[]][] = [
  ['EncryptedExtensions', 'tls/bad-record', /bad_record_mac \(20\) from Parley/, flipAt('to-client', 2)],
  ['Parley’s Finished', 'tls/bad-record', /from the server, .* after Parley’s Finished/, flipAt('to-server', 2)],
  ['the request', 'tls/bad-record', /bad_record_mac \(20\) from the server/, flipAt('to-server', 3)],
  ['the answer', 'tls/bad-record', /bad_record_mac \(20\) from Parley/, flipAt('to-client', 8)],
  [
    'Parley’s Finished of TLS 1.2',
    'tls/bad-record',
    /from the server, .* after Parley’s Finished/,
    flipAt('to-server', 3),
    tls12,
  ],
  ['the server’s Finished of TLS 1.2', 'tls/bad-record', /from Parley, .* after/, flipAt('to-client', 5), tls12],
  [
    'the ClientHello, so that the keys stay',
    'tls/bad-finished',
    /decrypt_error \(51\) from the server, .* after Parley’s Finished/,
    stripExtendedMasterSecret,
    tls12,
  ],
]
for (const [what, code, evidence, tamper, curlArgs = []] of damages)
  e2e(`a man in the middle who changes ${what} is ${code}`, { needs: ['openssl', 'curl'] }, async t => {
    const port = await startTamperingRelay(t, await server(t), tamper)
    const { stdout } = await runCurl(await parleyOf(), [...curlArgs, `https://${host}:${port}/`])
    const row = await assertAnswer(port, code, stdout)
    assert.match(row.problems[0]!.message, evidence)
    assert.doesNotMatch(row.verdict?.sentence ?? '', /refused/)
  })

e2e('a man in the middle who changes a later part of an answer is tls/bad-record', { needs: ['curl'] }, async t => {
  const parley = await parleyOf()
  const origin = await startOrigin(t, (await identities()).leaf('long', { host }))
  const port = await startTamperingRelay(t, origin, flipAt('to-client', 20))
  const { code } = await runCurl(parley, ['-o', '/dev/null', `https://${host}:${port}/bytes/1000000`])
  assert.notEqual(code, 0)
  const { message } = assertProblem(await rowTo(parley, port), 'tls/bad-record', 'server')
  assert.match(message, /bad_record_mac \(20\) from Parley/)
})

e2e('a client whose record cannot be opened is tls/bad-record, and both legs end', { needs: ['openssl'] }, async t => {
  const parley = await parleyOf()
  const port = await server(t)
  const socket = await openTunnel(t, parley, port)
  const client = tls.connect({ socket, servername: host, ca: readFileSync(parley.caPath) })
  const ended = new Promise(resolve => client.on('error', resolve))
  await new Promise(resolve => client.once('session', resolve)) // Parley has said all that it says by itself
  socket.write(Buffer.concat([Buffer.from([23, 3, 3, 0, 64]), Buffer.alloc(64)]))
  assert.match(String(await ended), /bad record mac/)
  const row = await rowTo(parley, port)
  assertProblem(row, 'tls/bad-record', 'client')
  assert.equal(row.legs.upstream?.closed?.by, 'parley')
})

e2e('a man in the middle who changes a ticket of TLS 1.2 is tls/bad-finished', { needs: ['openssl'] }, async t => {
  const parley = await parleyOf()
  const newSessionTicket = 4 // in clear, and part of what the server's Finished covers (RFC 5077 3.3)
  const port = await startTamperingRelay(t, await server(t, '-tls1_2'), (record, way) => {
    if (way === 'to-client' && record[0] === 22 && record[5] === newSessionTicket) flipLast(record)
  })
  const args = ['-tls1_2', '-servername', host]
  await runOpensslClient({ proxy: `127.0.0.1:${parley.port}`, host, port, args })
  const { message } = assertProblem(await rowTo(parley, port), 'tls/bad-finished', 'server')
  assert.match(message, /decrypt_error \(51\) from Parley, .* after the server’s Finished/)
})

/** A client of Node's through Parley; all that it is told. */
async function ask(t: TestContext, port: number, options: tls.ConnectionOptions = {}, before = async () => {}) {
  const parley = await parleyOf()
  const socket = await openTunnel(t, parley, port)
  await before()
  const client = tls.connect({ socket, servername: host, ca: readFileSync(parley.caPath), ...options })
  let said = ''
  client.on('data', part => {
    said += part
  })
  client.on('error', error => {
    said += error
  })
  client.write('GET / HTTP/1.0\r\n\r\n')
  await new Promise(resolve => client.once('close', resolve))
  return said
}

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  const only = { minVersion: version, maxVersion: version } as const

  e2e(`a server with no group of the offer is tls/no-common-group (${version})`, { needs: ['openssl'] }, async t => {
    const port = await server(t, '-groups', 'P-521')
    await assertAnswer(port, 'tls/no-common-group', await ask(t, port, { ...only, ecdhCurve: 'X25519' }))
  })

  const code = 'tls/no-common-signature-algorithm'
  e2e(`a server with no key for the offer’s signatures is ${code} (${version})`, { needs: ['openssl'] }, async t => {
    const port = await server(t)
    await assertAnswer(port, code, await ask(t, port, { ...only, sigalgs: 'RSA-PSS+SHA256' }))
  })
}

e2e('a server that resets before a word was said is tcp/reset', {}, async t => {
  const gone = Promise.withResolvers<void>()
  const port = await startRaw(t, socket => {
    socket.once('close', () => setTimeout(gone.resolve, 50)) // for Parley to see it
    socket.resetAndDestroy()
  })
  const row = await assertAnswer(port, 'tcp/reset', await ask(t, port, {}, () => gone.promise))
  const { by, how } = row.legs.upstream?.closed ?? { by: 'server', how: 'reset' } // the dial itself may have seen it
  assert.deepEqual([by, how], ['server', 'reset'])
})

e2e('an address that no route leads to is tcp/unreachable', { needs: ['curl'] }, async () => {
  const broadcast = '127.255.255.255' // of loopback, which TCP cannot reach: ENETUNREACH, and nothing leaves the machine
  const port = 4433
  const { stdout } = await runCurl(await parleyOf(), [`https://${broadcast}:${port}/`])
  await assertAnswer(port, 'tcp/unreachable', stdout)
})

const leavings = { reset: 'resetAndDestroy', closed: 'destroy' } as const
for (const [how, leave] of Object.entries(leavings)) {
  const title = `takes the server’s connection along when it is ${how}`

  e2e(`a client whose server says no ServerHello ${title}`, {}, async t => {
    const parley = await parleyOf()
    const [heard, ended] = [Promise.withResolvers<unknown>(), Promise.withResolvers<unknown>()]
    const port = await startRaw(t, socket => {
      socket.once('data', heard.resolve).once('end', ended.resolve).once('close', ended.resolve)
    })
    const client = await openTunnel(t, parley, port)
    tls.connect({ socket: client, servername: host }).on('error', () => {})
    await heard.promise
    client[leave]()
    await ended.promise
    const row = await rowTo(parley, port)
    assert.equal(row.problems.length, 1, JSON.stringify(row.problems))
    const { message } = assertProblem(row, `tls/${how}-by-client`, 'client')
    assert.match(message, /from the client, .* after the client’s ClientHello/)
  })

  e2e(`a client whose server answers no SYN ends the dial when it is ${how}`, { needs: ['python3'] }, async t => {
    const parley = await parleyOf()
    const port = await startFullBacklog(t)
    const client = await openTunnel(t, parley, port)
    tls.connect({ socket: client, servername: host }).on('error', () => {})
    await new Promise(resolve => setTimeout(resolve, 200)) // for Parley to have read the hello
    client[leave]()
    const row = await rowTo(parley, port)
    assert.equal(row.problems.length, 1, JSON.stringify(row.problems))
    assertProblem(row, `tls/${how}-by-client`, 'client')
  })

  e2e(`a client whose server gives no answer ${title}`, {}, async t => {
    const parley = await parleyOf()
    const { cert, key } = (await identities()).leaf('silent', { host })
    const [heard, ended] = [Promise.withResolvers<unknown>(), Promise.withResolvers<unknown>()]
    const silent = tls.createServer({ cert: readFileSync(cert), key: readFileSync(key) }, socket => {
      socket
        .on('error', () => {})
        .once('data', heard.resolve)
        .once('close', ended.resolve)
    })
    const port = await listenFor(t, silent)
    const client = await openTunnel(t, parley, port)
    const asking = tls.connect({ socket: client, servername: host, ca: readFileSync(parley.caPath) })
    asking.on('error', () => {}).write('GET / HTTP/1.0\r\n\r\n')
    await heard.promise
    client[leave]()
    await ended.promise
    const row = await rowTo(parley, port)
    assert.equal(row.legs.client.closed?.by, 'client')
    assert.deepEqual(row.problems, [])
  })
}
