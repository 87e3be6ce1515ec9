import assert from 'node:assert/strict'
import net from 'node:net'
import { after, type TestContext } from 'node:test'
import tls from 'node:tls'
import type { LeafSpec } from '../../src/peers/certificates.ts'
import { failureOf } from '../../src/problem/codes.ts'
import type { ConnectionJson } from '../../src/view/json/connection-json.ts'
import { runCurl } from './support/curl.ts'
import { assertProblem, openTunnel, rowTo } from './support/failure-rows.ts'
import { type Files, fixture, type Identities, makeIdentities } from './support/identities.ts'
import { freePort, startNginx } from './support/nginx.ts'
import { identityArguments, runOpensslClient, startOpensslServer } from './support/openssl.ts'
import { type Parley, startParley } from './support/parley.ts'
import { type Owner, temporaryFolder } from './support/processes.ts'
import { e2e } from './support/programs.ts'
import {
  onHello,
  opensslIdentity,
  resetAfterFirstFlight,
  revokedResponse,
  startRaw,
} from './support/refusing-servers.ts'

const host = 'localhost'
const needsOpenssl = { needs: ['openssl'] }
const longest = 5000 // ms for a client to learn that it failed

/** `after` of node:test belongs to the test that calls it, so what outlives one is cleaned up here. */
const cleaners: (() => unknown)[] = []
const file: Owner = { after: clean => void cleaners.push(clean) }
after(async () => {
  for (const clean of cleaners.reverse()) await clean()
})

/** One authority and one proxy for all that need no options of their own. */
let identities: Identities
let shared: Promise<Parley> | undefined
const parleyOf = async (): Promise<Parley> => {
  identities ??= await makeIdentities(file)
  shared ??= startParley(file, '--upstream-ca', identities.caPath, '--timeout', '2')
  return shared
}

const good = async (): Promise<Files> => {
  await parleyOf()
  return identities.leaf('good', { host })
}

async function assertRow(parley: Parley, port: number, code: string, blame: string): Promise<void> {
  assertProblem(await rowTo(parley, port), code, blame)
}

async function timed<T>(act: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const result = await act()
  const took = performance.now() - startedAt
  assert.ok(took < longest, `it took ${took.toFixed(0)} ms`)
  return result
}

interface Asked {
  readonly code: string
  readonly blame?: string
  readonly status?: number
  readonly parley?: Parley
  readonly curl?: readonly string[]
  readonly name?: string
}

/** curl asks through the proxy, and is told by the code what failed upstream. */
async function assertAnswer(port: number, asked: Asked): Promise<void> {
  const { code, blame = 'server', status = 502, name = host, curl = [] } = asked
  const parley = asked.parley ?? (await parleyOf())
  const { stdout, stderr } = await timed(() =>
    runCurl(parley, ['-w', '\n%{http_code}', ...curl, `https://${name}:${port}/`]),
  )
  assert.match(stdout, new RegExp(`Code: ${code}\\.`), stderr)
  assert.match(stdout, new RegExp(`\\n${status}$`))
  await assertRow(parley, port, code, blame)
}

const server = async (t: TestContext, files: Files, ...args: string[]): Promise<number> =>
  (await startOpensslServer(t, '-www', ...identityArguments(files), ...args)).port

const certificates: readonly [title: string, code: string, spec: Partial<LeafSpec>][] = [
  ['an expired certificate', 'tls/certificate-expired', { validFrom: -30, validUntil: -1 }],
  ['a certificate from the future', 'tls/certificate-not-yet-valid', { validFrom: 1 }],
  ['a certificate that signed itself', 'tls/certificate-self-signed', { issuer: 'self' }],
  [
    'a certificate without its intermediate',
    'tls/certificate-incomplete-chain',
    { issuer: 'intermediate', complete: false },
  ],
  ['a certificate for another name', 'tls/certificate-wrong-host', { host: 'elsewhere.example' }],
]
for (const [title, code, spec] of certificates)
  e2e(`${title} is ${code}`, { needs: ['openssl', 'curl'] }, async t => {
    await parleyOf()
    const files = identities.leaf(code.slice(4), { host, ...spec })
    await assertAnswer(await server(t, files), { code })
  })

e2e(
  'a chain to a root that nobody knows is tls/certificate-untrusted-root',
  { needs: ['openssl', 'curl'] },
  async t => {
    const { root, ...files } = opensslIdentity(temporaryFolder(t), 'unknown', { bits: 2048, digest: 'sha256' })
    await assertAnswer(await server(t, files, '-cert_chain', root), {
      code: 'tls/certificate-untrusted-root',
      blame: 'parley',
    })
  },
)

e2e('an RSA key of 1024 bits is tls/certificate-weak-key', { needs: ['openssl', 'curl'] }, async t => {
  const files = opensslIdentity(temporaryFolder(t), 'short', { bits: 1024, digest: 'sha256' })
  const parley = await startParley(t, '--upstream-ca', files.root)
  const port = await server(t, files, '-cipher', 'DEFAULT@SECLEVEL=0')
  await assertAnswer(port, { code: 'tls/certificate-weak-key', parley })
})

e2e('a certificate signed with SHA-1 is tls/certificate-weak-digest', { needs: ['openssl', 'curl'] }, async t => {
  const files = opensslIdentity(temporaryFolder(t), 'sha1', { bits: 2048, digest: 'sha1' })
  const parley = await startParley(t, '--upstream-ca', files.root)
  const port = await server(t, files, '-cipher', 'DEFAULT@SECLEVEL=0')
  await assertAnswer(port, { code: 'tls/certificate-weak-digest', parley })
})

/** What became of the check of the OCSP response that the server stapled. */
const stapledCheck = (row: ConnectionJson) =>
  row.legs.upstream?.tls?.messages.flatMap(({ checks }) => checks).find(({ name }) => name === 'OCSP signature')

for (const version of ['-tls1_2', '-tls1_3']) {
  const args = [version, '-servername', host, '-status']

  e2e(`a stapled OCSP response that says revoked is tls/certificate-revoked (${version})`, needsOpenssl, async t => {
    await parleyOf()
    const files = identities.leaf('revoked', { host, issuer: 'self' })
    const parley = await startParley(t, '--upstream-ca', files.cert)
    const port = await server(t, files, '-status_file', revokedResponse(temporaryFolder(t), files))
    await timed(() => runOpensslClient({ proxy: `127.0.0.1:${parley.port}`, host, port, args }))
    const row = await rowTo(parley, port)
    const { message } = assertProblem(row, 'tls/certificate-revoked', 'server')
    assert.match(message, /keyCompromise, .* signed .* with the issuer’s key/)
    assert.equal(stapledCheck(row)?.passed, true)
  })

  e2e(`a stapled OCSP response by somebody who may not sign it revokes nothing (${version})`, needsOpenssl, async t => {
    const files = await good()
    const parley = await parleyOf()
    const signer = identities.leaf('mallory', { host: 'mallory.example', issuer: 'self' })
    const response = revokedResponse(temporaryFolder(t), files, { issuer: identities.caPath, signer })
    const port = await server(t, files, '-status_file', response, '-cert_chain', identities.caPath)
    await timed(() => runOpensslClient({ proxy: `127.0.0.1:${parley.port}`, host, port, args }))
    const row = await rowTo(parley, port)
    assert.ok(row.legs.upstream?.agreed, JSON.stringify(row.problems))
    assert.ok(!row.problems.some(({ code }) => code === 'tls/certificate-revoked'))
    assert.equal(stapledCheck(row)?.passed, false)
    assert.match(stapledCheck(row)?.detail ?? '', /mallory.* has its certificate from another issuer; it says revoked/)
  })
}

const refusals: readonly [title: string, code: string, serverArgs: string[], curlArgs: string[], blame?: string][] = [
  ['only TLS 1.1', 'tls/no-common-version', ['-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0'], []],
  [
    'another cipher suite',
    'tls/no-common-suite',
    ['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
    ['--tls-max', '1.2', '--ciphers', 'ECDHE-ECDSA-AES128-GCM-SHA256'],
  ],
  ['a client certificate, in TLS 1.3', 'tls/client-certificate-required', ['-tls1_3', '-Verify', '1'], [], 'client'],
]
for (const [title, code, serverArgs, curlArgs, blame = 'server'] of refusals)
  e2e(`a server that takes ${title} is ${code}`, { needs: ['openssl', 'curl'] }, async t => {
    await assertAnswer(await server(t, await good(), ...serverArgs), { code, blame, curl: curlArgs })
  })

e2e(
  'a client certificate of the wrong authority is tls/client-certificate-refused',
  { needs: ['openssl', 'curl'] },
  async t => {
    const files = await good()
    const mine = identities.leaf('mine', { host: 'me', use: 'client', issuer: 'self' })
    const shown = `${host}=${mine.cert},${mine.key}`
    const parley = await startParley(t, '--upstream-ca', identities.caPath, '--client-cert', shown)
    const args = ['-Verify', '1', '-verify_return_error', '-CAfile', identities.caPath]
    await assertAnswer(await server(t, files, ...args), {
      code: 'tls/client-certificate-refused',
      blame: 'parley',
      parley,
    })
  },
)

e2e('a client certificate that the server wants is shown', { needs: ['openssl', 'curl'] }, async t => {
  const files = await good()
  const mine = identities.leaf('wanted', { host: 'me', use: 'client' })
  const shown = `*.${host}=${mine.cert},${mine.key}`
  const parley = await startParley(t, '--upstream-ca', identities.caPath, '--client-cert', shown, '--insecure')
  const port = await server(t, files, '-Verify', '1', '-verify_return_error', '-CAfile', identities.caPath)
  const { stdout } = await runCurl(parley, ['-w', '%{http_code}', '-o', '/dev/null', `https://a.${host}:${port}/`])
  assert.equal(stdout, '200')
})

e2e(
  'a client that accepts no signature of the leaf’s key is tls/no-common-signature-algorithm',
  { needs: ['openssl'] },
  async t => {
    const parley = await startParley(t, '--insecure') // its leaves have EC and RSA keys alone
    const port = await server(t, fixture('ed25519'))
    const args = ['-tls1_3', '-servername', host, '-sigalgs', 'ed25519']
    await timed(() => runOpensslClient({ proxy: `127.0.0.1:${parley.port}`, host, port, args }))
    await assertRow(parley, port, 'tls/no-common-signature-algorithm', 'parley')
  },
)

e2e(
  'a client whose only group Parley does not choose by itself is tls/no-common-group',
  { needs: ['openssl'] },
  async t => {
    await parleyOf()
    const parley = await startParley(t, '--upstream-ca', identities.caPath, '--no-mirror-choice')
    const port = await server(t, await good())
    const args = ['-tls1_3', '-servername', host, '-groups', 'ffdhe8192']
    await timed(() => runOpensslClient({ proxy: `127.0.0.1:${parley.port}`, host, port, args }))
    await assertRow(parley, port, 'tls/no-common-group', 'parley')
  },
)

e2e('a server that knows no such name is tls/unrecognized-name', { needs: ['nginx', 'curl'] }, async t => {
  const { cert, key } = await good()
  const pair = `ssl_certificate ${cert}; ssl_certificate_key ${key};`
  const { ports, running } = await startNginx(t, `listen 127.0.0.1:PORT ssl; ${pair} ssl_reject_handshake on;`)
  try {
    await assertAnswer(ports[0]!, { code: 'tls/unrecognized-name' })
  } finally {
    await running.stop('SIGTERM') // killed, it would leave its worker
  }
})

e2e('a server that speaks no offered protocol is tls/no-common-alpn', { needs: ['openssl', 'curl'] }, async t => {
  await parleyOf()
  const { cert, key } = await good()
  const { readFileSync } = await import('node:fs')
  const origin = tls.createServer({ cert: readFileSync(cert), key: readFileSync(key), ALPNProtocols: ['imap'] })
  origin.on('tlsClientError', () => {})
  await new Promise<void>(resolve => origin.listen(0, '127.0.0.1', resolve))
  t.after(() => origin.close())
  await assertAnswer((origin.address() as net.AddressInfo).port, { code: 'tls/no-common-alpn' })
})

e2e('what a server does instead of TLS is named', { needs: ['curl', 'openssl'] }, async t => {
  const flight = await server(t, await good())
  const acts: readonly [code: string, act: (socket: net.Socket) => void][] = [
    ['tls/handshake-timeout', () => {}],
    ['tls/reset-by-server', onHello(socket => socket.resetAndDestroy())],
    ['tls/closed-by-server', onHello(socket => socket.end())],
    ['tls/unrecognized-name', onHello(socket => socket.end(Buffer.from('15030100020170', 'hex')))], // a warning
    ['tls/not-tls', onHello(socket => socket.end('220 mail.example ready\r\n'))],
    ['tls/unexpected-message', onHello(socket => socket.end(Buffer.from('16030300040e000000', 'hex')))], // ServerHelloDone
    ['tls/http-on-tls-port', onHello(socket => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'))],
  ]
  for (const [code, act] of acts) await t.test(code, async t => assertAnswer(await startRaw(t, act), { code }))
  await t.test('a reset after the first flight', async t => {
    const port = await startRaw(t, resetAfterFirstFlight(flight))
    const { stdout } = await timed(async () => runCurl(await parleyOf(), [`https://${host}:${port}/`]))
    const code = /Code: (\S+)\./.exec(stdout)?.[1]
    assert.ok(code === 'tls/reset-by-server' || code === 'http/no-answer', stdout) // TLS 1.3 stands when Parley has spoken
    await assertRow(await parleyOf(), port, code, 'server')
  })
})

e2e('what keeps a connection from being made is named', { needs: ['curl'] }, async t => {
  const parley = await parleyOf()
  await t.test('tcp/refused', async () => assertAnswer(await freePort(), { code: 'tcp/refused' }))
  await t.test('dns/not-found', async () => {
    const port = await freePort()
    const { stdout } = await timed(() => runCurl(parley, [`https://nobody.invalid:${port}/`]))
    const code = /Code: (dns\/[a-z-]+)\./.exec(stdout)?.[1]
    assert.ok(code, stdout)
    const blame = code === 'dns/not-found' ? 'client' : 'parley' // a machine without a name server cannot know
    await assertRow(parley, port, code, blame)
  })
  await t.test('proxy/loop', async () => {
    const { stderr } = await timed(() => runCurl(parley, [`https://127.0.0.1:${parley.port}/`]))
    assert.match(stderr, /508/)
    await assertRow(parley, parley.port, 'proxy/loop', 'client')
  })
})

e2e('a client that does not know the CA is tls/client-rejected-leaf', { needs: ['openssl', 'curl'] }, async t => {
  const parley = await parleyOf()
  const port = await server(t, await good())
  const { code } = await timed(() => runCurl(parley, [`https://${host}:${port}/`], { trust: false }))
  assert.equal(code, 60)
  await assertRow(parley, port, 'tls/client-rejected-leaf', 'client')
})

e2e('a client that hangs up on the certificate is suspected of pinning', { needs: ['openssl'] }, async t => {
  const parley = await parleyOf()
  const port = await server(t, await good())
  const socket = await openTunnel(t, parley, port)
  const client = tls.connect({ socket, servername: host, ca: [], minVersion: 'TLSv1.3' })
  await timed(() => new Promise(resolve => client.once('error', resolve)))
  socket.destroy()
  await assertRow(parley, port, 'tls/client-closed-after-certificate', 'client')
  assert.match(failureOf('tls/client-closed-after-certificate')!.cause, /pins/)
})

e2e('a client that leaves within its hello is named', { needs: ['openssl'] }, async t => {
  const parley = await parleyOf()
  const port = await server(t, await good())
  const socket = await openTunnel(t, parley, port)
  socket.end(Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]))
  await assertRow(parley, port, 'tls/client-closed-in-hello', 'client')
})

e2e(
  'a client that speaks only TLS 1.1 is tls/no-common-version, unless --min-tls lets it in',
  { needs: ['openssl'] },
  async t => {
    const files = await good()
    const old = ['-cipher', 'DEFAULT@SECLEVEL=0']
    const port = await server(t, files, ...old)
    const args = ['-tls1_1', '-servername', host, ...old]
    const parley = await parleyOf()
    await timed(() => runOpensslClient({ proxy: `127.0.0.1:${parley.port}`, host, port, args }))
    await assertRow(parley, port, 'tls/no-common-version', 'client')
    const open = await startParley(t, '--upstream-ca', identities.caPath, '--min-tls', '1.0')
    const steps = [{ client: 'GET / HTTP/1.0\n' }, { heard: /HTTP\/1\.0 200/ }]
    const { stdout } = await runOpensslClient({ proxy: `127.0.0.1:${open.port}`, host, port, args, steps })
    assert.match(stdout, /New, TLSv1[.0-9]*, Cipher is ECDHE-/)
    const [row] = await open.closed(1)
    assert.deepEqual(row?.problems, [])
    assert.equal(row?.legs.client?.agreed?.version, 'TLSv1.1')
    assert.equal(row?.legs.upstream?.agreed?.version, 'TLSv1.1')
  },
)

e2e('what is no use to a proxy is named', {}, async t => {
  const parley = await parleyOf()
  const said: readonly [code: string, bytes: string | Buffer][] = [
    ['proxy/bad-connect', 'CONNECT nowhere HTTP/1.1\r\nHost: nowhere\r\n\r\n'],
    ['proxy/bad-request', 'what is this\r\n\r\n'],
    ['proxy/bad-socks', Buffer.from([5, 1, 1])],
  ]
  for (const [code, bytes] of said)
    await t.test(code, async t => {
      const socket = net.connect(parley.port, '127.0.0.1')
      t.after(() => socket.destroy())
      socket.on('error', () => {})
      socket.end(bytes)
      await timed(() => new Promise(resolve => socket.resume().once('close', resolve)))
      const rows = await parley.show()
      assert.ok(rows.some(row => row.problems.some(one => one.code === code && one.blame === 'client')))
    })
})

for (const version of ['-tls1_2', '-tls1_3'])
  e2e(
    `a host that is passed through shows the same handshake on both legs (${version})`,
    { needs: ['openssl'] },
    async t => {
      const files = fixture('ecdsa')
      const parley = await startParley(t, '--pass-through', host)
      const { port } = await startOpensslServer(t, '-rev', version, ...identityArguments(files))
      const proxy = `127.0.0.1:${parley.port}`
      await runOpensslClient({ proxy, host, port, args: ['-servername', host], steps: ['abc'] })
      const [row] = await parley.closed(1)
      const told = (leg: 'client' | 'upstream') =>
        row?.legs[leg]?.tls?.messages.map(({ direction, name, length }) => [direction, name, length])
      assert.ok((told('client')?.length ?? 0) >= 2)
      assert.deepEqual(told('client'), told('upstream'))
      assert.equal(
        told('client')?.some(([, name]) => name === 'certificate'),
        version === '-tls1_2',
      )
      assert.match(row?.verdict?.sentence ?? '', /Passed through: one TLS session end to end/)
    },
  )
