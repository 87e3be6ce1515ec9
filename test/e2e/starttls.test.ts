/** openssl s_client speaks each protocol through a tunnel, and both handshakes are there. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import type { TestContext } from 'node:test'
import tls, { TLSSocket } from 'node:tls'
import { type Identities, makeIdentities } from './support/identities.ts'
import { listenFor } from './support/origin.ts'
import { startParley } from './support/parley.ts'
import { run } from './support/processes.ts'
import { e2e } from './support/programs.ts'

const host = 'origin.localhost'
const greeting = '\x0a8.0.0\0\x01\0\0\0abcdefgh\0\xff\xff\x21\x02\0\xff\xff\x15\0\0\0\0\0\0\0\0\0\0abcdefghijkl\0'

/** What a server says at first, and what it answers to what it hears; TLS begins behind `upgrade`. */
interface Script {
  readonly first?: string
  readonly upgrade: RegExp
  readonly agreed: string
  readonly answer?: (heard: string) => string
}
const tagOf = (heard: string): string => heard.split(' ', 1)[0]!
const scripts: Readonly<Record<string, Script>> = {
  smtp: {
    first: '220 mail ESMTP\r\n',
    answer: () => '250-mail\r\n250 STARTTLS\r\n',
    upgrade: /^STARTTLS/,
    agreed: '220 go\r\n',
  },
  pop3: { first: '+OK hi\r\n', upgrade: /^STLS/, agreed: '+OK go\r\n' },
  imap: {
    first: '* OK hi\r\n',
    answer: heard => `* CAPABILITY IMAP4rev1 STARTTLS\r\n${tagOf(heard)} OK done\r\n`,
    upgrade: / STARTTLS/,
    agreed: '. OK go\r\n',
  },
  postgres: { upgrade: /^\0\0\0\x08/, agreed: 'S' },
  ldap: { upgrade: /1466\.20037/, agreed: '\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x00\x04\x00\x04\x00' },
  mysql: { first: `${String.fromCharCode(greeting.length)}\0\0\0${greeting}`, upgrade: /^\x20\0\0\x01/, agreed: '' },
}

async function startServer(
  t: TestContext,
  identities: Identities,
  { first, upgrade, agreed, answer }: Script,
): Promise<number> {
  const { cert, key } = identities.leaf('origin', { host })
  const secureContext = tls.createSecureContext({ cert: readFileSync(cert), key: readFileSync(key) })
  const talk = (socket: Socket): void => {
    socket.on('error', () => {})
    if (first) socket.write(first, 'latin1')
    const listen = (bytes: Buffer): void => {
      const heard = bytes.toString('latin1')
      if (!upgrade.test(heard)) return void socket.write(answer?.(heard) ?? '', 'latin1')
      socket.off('data', listen).pause()
      if (bytes.length > 36 && agreed === '') socket.unshift(bytes.subarray(36))
      socket.write(agreed, 'latin1')
      const secured = new TLSSocket(socket, { isServer: true, secureContext })
      secured.on('error', () => {}).once('data', () => secured.end('welcome inside\n'))
    }
    socket.on('data', listen)
  }
  return listenFor(t, createServer(talk))
}

for (const [protocol, script] of Object.entries(scripts))
  e2e(`openssl s_client -starttls ${protocol}`, { needs: ['openssl'] }, async t => {
    const identities = await makeIdentities(t)
    const port = await startServer(t, identities, script)
    const parley = await startParley(t, '--starttls', '--upstream-ca', identities.caPath)
    const args = ['s_client', '-proxy', `127.0.0.1:${parley.port}`, '-connect', `${host}:${port}`, '-servername', host]
    const more = ['-starttls', protocol, '-CAfile', parley.caPath, '-verify_return_error', '-quiet']
    const { stdout, stderr } = await run('openssl', [...args, ...more], { input: 'hello\n', timeout: 20_000 })
    assert.match(stdout, /welcome inside/, stderr)
    const [row] = await parley.closed(1)
    assert.deepEqual([row?.problems, row?.serverName], [[], host])
    const legs = [row?.legs.client, row?.legs.upstream]
    assert.deepEqual(
      legs.map(leg => leg?.agreed?.version),
      ['TLSv1.3', 'TLSv1.3'],
    )
    for (const leg of legs) assert.equal(leg?.tls?.messages[0]?.name, 'client_hello')
  })
