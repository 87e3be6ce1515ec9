/** What clients do wrong, or do on purpose, each by a real peer; what servers do is in failures.test.ts. */
import assert from 'node:assert/strict'
import type net from 'node:net'
import type { TestContext } from 'node:test'
import type { ConnectionJson } from '../../src/view/json/connection-json.ts'
import { runChromium } from './support/browser.ts'
import { runCurl } from './support/curl.ts'
import { assertProblem, openTunnel, rowTo } from './support/failure-rows.ts'
import { runGo } from './support/go.ts'
import { helloBytes } from './support/hello.ts'
import { e2e } from './support/programs.ts'
import { startFullBacklog } from './support/refusing-servers.ts'
import { sharedParley } from './support/shared-parley.ts'

const host = 'localhost'
const { parley: parleyOf, server: serverPort } = sharedParley('--timeout', '1')

async function assertRow(port: number, code: string, blame = 'client'): Promise<ConnectionJson> {
  const row = await rowTo(await parleyOf(), port)
  assertProblem(row, code, blame)
  return row
}

const tunnelTo = async (t: TestContext, port: number): Promise<net.Socket> => openTunnel(t, await parleyOf(), port)

e2e('a client that says half a hello and then nothing is tls/hello-timeout', { needs: ['openssl'] }, async t => {
  const port = await serverPort(t)
  const socket = await tunnelTo(t, port)
  socket.write((await helloBytes(host)).subarray(0, 40))
  await assertRow(port, 'tls/hello-timeout')
})

e2e(
  'a client that resets on the certificate is suspected of pinning, its RST as evidence',
  { needs: ['openssl'] },
  async t => {
    const port = await serverPort(t)
    const socket = await tunnelTo(t, port)
    socket.once('data', () => socket.resetAndDestroy())
    socket.write(await helloBytes(host))
    const { problems } = await assertRow(port, 'tls/client-closed-after-certificate')
    assert.match(problems[0]!.message, /RST from the client/)
  },
)

e2e('a client that cancels by user_canceled is told by its alert', { needs: ['openssl'] }, async t => {
  const port = await serverPort(t)
  const socket = await tunnelTo(t, port)
  socket.once('data', () => {
    socket.write(Buffer.from([21, 3, 3, 0, 2, 1, 90]))
    socket.end(Buffer.from([21, 3, 3, 0, 2, 1, 0])) // RFC 8446 6.1: a close_notify follows
  })
  socket.write(await helloBytes(host, { maxVersion: 'TLSv1.2' }))
  const row = await rowTo(await parleyOf(), port)
  const alerts = row.legs.client.tls?.messages.filter(({ name }) => name === 'alert') ?? []
  assert.ok(JSON.stringify(alerts).includes('user_canceled'), JSON.stringify(alerts))
  assert.equal(row.problems[0]?.blame, 'client')
})

const goSource = `package main
import ("crypto/tls"; "crypto/x509"; "net"; "os"; "bufio"; "fmt")
func main() {
  c, err := net.Dial("tcp", os.Args[1]); if err != nil { panic(err) }
  fmt.Fprintf(c, "CONNECT %s HTTP/1.1\\r\\nHost: %s\\r\\n\\r\\n", os.Args[2], os.Args[2])
  bufio.NewReaderSize(c, 39).ReadString('\\n')
  tls.Client(c, &tls.Config{ServerName: "localhost", RootCAs: x509.NewCertPool()}).Handshake()
  c.Close()
}`

e2e(
  'Go, which says bad_certificate, is tls/client-rejected-leaf',
  { needs: ['openssl', 'go'], timeout: 120_000 },
  async t => {
    const port = await serverPort(t)
    await runGo(t, goSource, `127.0.0.1:${(await parleyOf()).port}`, `${host}:${port}`)
    const row = await assertRow(port, 'tls/client-rejected-leaf')
    assert.match(JSON.stringify(row.legs.client.tls?.messages.at(-1)), /bad_certificate/)
  },
)

e2e(
  'Chromium, which says certificate_unknown, is tls/client-rejected-leaf',
  { needs: ['openssl', 'chromium'] },
  async t => {
    const port = await serverPort(t)
    await runChromium(t, await parleyOf(), `https://${host}:${port}/`)
    const row = await assertRow(port, 'tls/client-rejected-leaf')
    assert.match(JSON.stringify(row.legs.client.tls?.messages.at(-1)), /certificate_unknown/)
  },
)

const required = 'tls/client-certificate-required'

e2e(`a server of TLS 1.2 that wants a certificate is ${required}`, { needs: ['openssl', 'curl'] }, async t => {
  const port = await serverPort(t, '-tls1_2', '-Verify', '1')
  const { stdout } = await runCurl(await parleyOf(), [`https://${host}:${port}/`])
  assert.match(stdout, new RegExp(`Code: ${required}\\.`))
  await assertRow(port, required)
})

e2e('a server whose backlog is full is tcp/timeout', { needs: ['python3', 'curl'] }, async t => {
  const parley = await parleyOf()
  const port = await startFullBacklog(t)
  const { stdout } = await runCurl(parley, [`https://${host}:${port}/`])
  assert.match(stdout, /Code: tcp\/timeout\./)
  await assertRow(port, 'tcp/timeout', 'server')
})

e2e('plain HTTP inside of a tunnel goes through untouched and is shown', { needs: ['openssl'] }, async t => {
  const port = await serverPort(t)
  const socket = await tunnelTo(t, port)
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await new Promise(resolve => socket.resume().once('close', resolve))
  const row = await rowTo(await parleyOf(), port)
  assert.equal(row.treatment, 'pass-through')
  assert.equal(row.protocol, 'http/1.1')
})
