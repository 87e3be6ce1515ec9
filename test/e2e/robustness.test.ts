/** Peers that stop half-way, many at once, and a Parley that is ended. */
import assert from 'node:assert/strict'
import { connect, createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { runCurl } from './support/curl.ts'
import { makeIdentities } from './support/identities.ts'
import { listenFor, startOrigin } from './support/origin.ts'
import { type Parley, startParley } from './support/parley.ts'
import { e2e } from './support/programs.ts'

/** A socket inside a CONNECT tunnel. */
async function tunnelTo(parley: Parley, target: string): Promise<Socket> {
  const socket = connect({ port: parley.port, host: '127.0.0.1', allowHalfOpen: true })
  socket.on('error', () => {})
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`)
  const head = await new Promise<string>(resolve => socket.once('data', bytes => resolve(String(bytes))))
  assert.match(head, /^HTTP\/1\.1 200/)
  return socket
}

/** The start of a TLS record that says it has 512 bytes. */
const halfHello = Buffer.from('1603010200010001fc0303', 'hex')

e2e('a client that leaves within its hello leaves a row that says so', {}, async t => {
  const parley = await startParley(t)
  const port = await startOrigin(t)
  for (const leave of ['end', 'destroy'] as const) {
    const socket = await tunnelTo(parley, `127.0.0.1:${port}`)
    socket.write(halfHello)
    await sleep(50)
    socket[leave]()
  }
  const shown = await parley.closed(2)
  for (const { problems } of shown) assert.equal(problems[0]?.blame, 'client')
})

e2e('an answer to a half-closed client still arrives', {}, async t => {
  const parley = await startParley(t)
  const port = await listenFor(
    t,
    createServer({ allowHalfOpen: true }, socket => {
      let heard = 0
      socket.on('data', bytes => (heard += bytes.length))
      socket.on('end', () => socket.end(`heard ${heard}`))
    }),
  )
  const socket = await tunnelTo(parley, `127.0.0.1:${port}`)
  let answer = ''
  socket.on('data', bytes => (answer += bytes))
  socket.end(Buffer.alloc(300_000, 0xfe))
  await new Promise(resolve => socket.once('end', resolve))
  assert.equal(answer, 'heard 300000')
})

e2e('a hundred connections at once all get their answer and their row', { needs: ['curl'] }, async t => {
  const identities = await makeIdentities(t)
  const port = await startOrigin(t, identities.leaf('many', { host: 'many.localhost' }))
  const parley = await startParley(t, '--upstream-ca', identities.caPath)
  const args = ['--http1.1', '-Z', '--parallel-immediate', '--parallel-max', '100', '-H', 'Connection: close']
  const { stdout, code } = await runCurl(parley, [...args, `https://many.localhost:${port}/[1-100]`])
  assert.equal(code, 0)
  const paths = stdout.trim().split('\n')
  assert.equal(new Set(paths.map(line => line.split(' ')[1])).size, 100)
  const shown = await parley.closed(100)
  assert.equal(shown.length, 100)
  assert.deepEqual(
    shown.filter(
      ({ legs }) => legs.client.tls?.outcome !== 'established' || legs.upstream?.tls?.outcome !== 'established',
    ),
    [],
  )
  assert.deepEqual(
    shown.flatMap(({ problems }) => problems),
    [],
  )
})

for (const signal of ['SIGTERM', 'SIGINT', 'SIGKILL'] as const)
  e2e(`a capture can be read after ${signal}`, { needs: ['curl'] }, async t => {
    const identities = await makeIdentities(t)
    const port = await startOrigin(t, identities.leaf('end', { host: 'end.localhost' }))
    const parley = await startParley(t, '--upstream-ca', identities.caPath)
    await runCurl(parley, [`https://end.localhost:${port}/before`])
    await parley.closed(1)
    const open = await tunnelTo(parley, `127.0.0.1:${port}`)
    open.write(halfHello)
    await sleep(200)
    const { code } = await parley.running.stop(signal)
    open.destroy()
    if (signal !== 'SIGKILL') assert.equal(code, 0)
    const [first, second] = await parley.show()
    assert.equal(first?.legs.upstream?.tls?.outcome, 'established')
    assert.equal(second?.target?.port, port)
    const listed = await parley.installed.run('open', '--no-tui', parley.capturePath)
    assert.match(listed.stdout, /\/before/)
  })
