import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import net, { type Socket } from 'node:net'
import { join } from 'node:path'
import type { Files } from './identities.ts'
import { type Owner, start } from './processes.ts'

/** A TCP server that does `act` with every connection; its port. */
export async function startRaw(owner: Owner, act: (socket: Socket) => void): Promise<number> {
  const server = net.createServer({ allowHalfOpen: true }, socket => {
    socket.on('error', () => {})
    owner.after(() => socket.destroy())
    act(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  owner.after(() => server.close())
  return (server.address() as net.AddressInfo).port
}

/** Acts when the first bytes, a ClientHello, have come. */
export const onHello =
  (act: (socket: Socket) => void) =>
  (socket: Socket): void => {
    socket.once('data', () => act(socket))
  }

/** Lets the server's first flight through and resets the connection when the client says something more. */
export const resetAfterFirstFlight =
  (port: number) =>
  (socket: Socket): void => {
    const server = net.connect(port, '127.0.0.1')
    let answered = false
    server.on('error', () => {})
    server.on('data', bytes => {
      answered = true
      socket.write(bytes)
    })
    socket.on('data', bytes => {
      if (!answered) return server.write(bytes)
      server.destroy()
      socket.resetAndDestroy()
      return false
    })
    socket.on('close', () => server.destroy())
  }

/** A port that answers no SYN, because nobody accepts what came before; python3, for Node always accepts. */
export async function startFullBacklog(owner: Owner): Promise<number> {
  const script = [
    'import socket, time',
    's = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(0); print("port", s.getsockname()[1], flush=True)',
    'held = []',
    'for i in range(4):',
    '  c = socket.socket(); c.setblocking(False); c.connect_ex(s.getsockname()); held.append(c)',
    'print("full", flush=True); time.sleep(30)',
  ].join('\n')
  const full = start(owner, 'python3', ['-c', script], { open: true })
  const port = Number((await full.heard(/port (\d+)/))[1])
  await full.heard(/full/)
  return port
}

/** A root of its own and a leaf for `localhost` that openssl makes as told. */
export function opensslIdentity(
  folder: string,
  name: string,
  leaf: { readonly bits: number; readonly digest: string },
): Files & { readonly root: string } {
  const path = (suffix: string): string => join(folder, `${name}-${suffix}`)
  const openssl = (...args: string[]): unknown => execFileSync('openssl', args, { stdio: 'ignore', timeout: 30_000 })
  const [root, rootKey, key, request, cert, extensions] = [
    'root.pem',
    'root.key',
    'leaf.key',
    'leaf.csr',
    'leaf.pem',
    'leaf.ext',
  ].map(path) as [string, string, string, string, string, string]
  const rootArgs = ['-x509', '-new', '-nodes', '-newkey', 'rsa:2048', '-keyout', rootKey]
  openssl('req', ...rootArgs, '-subj', `/CN=${name} root`, '-days', '5', '-out', root)
  const leafArgs = ['-new', '-nodes', '-newkey', `rsa:${leaf.bits}`, '-keyout', key]
  openssl('req', ...leafArgs, '-subj', '/CN=localhost', '-out', request)
  writeFileSync(extensions, 'subjectAltName=DNS:localhost\n')
  const signArgs = ['-req', '-in', request, '-CA', root, '-CAkey', rootKey, '-CAcreateserial', `-${leaf.digest}`]
  openssl('x509', ...signArgs, '-days', '4', '-extfile', extensions, '-out', cert)
  return { cert, key, root }
}

/**
 * Path of an OCSP response that says of a certificate that it was revoked (RFC 6960). It is by the certificate itself,
 * which has signed itself, unless told; `issuer` is a path.
 */
export function revokedResponse(
  folder: string,
  certificate: Files,
  { issuer = certificate.cert, signer = certificate }: { readonly issuer?: string; readonly signer?: Files } = {},
): string {
  const { cert } = certificate
  const [request, index, response] = ['r.req', 'r.index', 'r.der'].map(n => join(folder, n)) as [string, string, string]
  const serial = execFileSync('openssl', ['x509', '-in', cert, '-noout', '-serial'], { encoding: 'utf8' })
  const id = serial.trim().replace('serial=', '')
  writeFileSync(index, `R\t301231235959Z\t240101000000Z,keyCompromise\t${id}\tunknown\t/CN=localhost\n`)
  const ocsp = (...args: string[]): unknown => execFileSync('openssl', ['ocsp', ...args], { stdio: 'ignore' })
  ocsp('-issuer', issuer, '-cert', cert, '-reqout', request)
  const by = ['-CA', issuer, '-rsigner', signer.cert, '-rkey', signer.key]
  ocsp('-index', index, ...by, '-reqin', request, '-respout', response, '-ndays', '2')
  return response
}
