import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './processes.ts'

/** What tshark sees on one end's port of a TCP conversation. */
export interface Seen {
  /** Handshake types and alerts of both directions, in order. */
  readonly handshake: string[]
  /** `GET /x`, `200`, in order. */
  readonly http: string[]
}

const columns = [
  ...['tcp.srcport', 'tcp.dstport', 'tls.handshake.type', 'http.request.method', 'http.request.uri'],
  ...[
    'http.response.code',
    'http2.headers.method',
    'http2.headers.path',
    'http2.headers.status',
    'websocket.payload.text',
  ],
  ...['tls.alert_message.desc'],
]

/** What tshark makes of each conversation of a pcapng file, with nothing but the file, by the port of its client. */
export async function seenByTshark(file: string, isClient: (port: number) => boolean): Promise<Map<number, Seen>> {
  const fields = columns.flatMap(column => ['-e', column])
  const { stdout } = await tshark('-r', file, '-T', 'fields', '-E', 'separator=|', ...fields)
  const seen = new Map<number, Seen>()
  for (const line of stdout.split('\n').filter(each => each !== '')) {
    const [from, to, types = '', method, uri, code, method2, path, status, payload, alert] = line.split('|')
    const port = Number(isClient(Number(from)) ? from : to)
    const own = seen.get(port) ?? { handshake: [], http: [] }
    seen.set(port, own)
    if (types) own.handshake.push(...types.split(','))
    if (alert) own.handshake.push(...alert.split(',').map(each => `alert ${each}`))
    for (const list of [pairs(method, uri), split(code), pairs(method2, path), split(status), split(payload)])
      own.http.push(...list)
  }
  return seen
}

const split = (text: string | undefined): string[] => (text ? text.split(',') : [])
const pairs = (first: string | undefined, second: string | undefined): string[] =>
  split(first).map((each, i) => `${each} ${split(second)[i] ?? ''}`.trim())

/** What tshark finds wrong with a file, checksums included: lines of errors and warnings. */
export async function complaints(file: string): Promise<readonly string[]> {
  const checks = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE']
  const { stdout, stderr } = await tshark('-r', file, ...checks, '-q', '-z', 'expert,warn')
  const malformed = await tshark('-r', file, ...checks, '-Y', '_ws.malformed || tcp.checksum.status == 0')
  return [
    ...stdout.split('\n').filter(line => /^ +\d+ /.test(line)),
    ...malformed.stdout.split('\n'),
    ...unexpected(stderr),
  ].filter(line => line !== '')
}

const unexpected = (stderr: string): string[] =>
  stderr.split('\n').filter(line => line !== '' && !line.startsWith('Running as'))

/** SHA-256 of each body of HTTP/1 that tshark puts together, with how often it is there. */
export async function bodiesByTshark(file: string, folder: string): Promise<ReadonlyMap<string, number>> {
  mkdirSync(folder)
  await tshark('-r', file, '-q', '--export-objects', `http,${folder}`)
  const counts = new Map<string, number>()
  for (const name of readdirSync(folder)) {
    const hash = createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex')
    counts.set(hash, (counts.get(hash) ?? 0) + 1)
  }
  return counts
}

/** What DATA frames of HTTP/2 carry from servers, by the port of the client. */
export async function http2Data(
  file: string,
  isClient: (port: number) => boolean,
): Promise<ReadonlyMap<number, Buffer>> {
  const fields = ['-e', 'tcp.dstport', '-e', 'http2.data.data']
  const { stdout } = await tshark('-r', file, '-Y', 'http2.data.data', '-T', 'fields', ...fields)
  const data = new Map<number, Buffer>()
  for (const line of stdout.split('\n')) {
    const [to, hex = ''] = line.split('\t')
    const port = Number(to)
    if (isClient(port))
      data.set(port, Buffer.concat([data.get(port) ?? Buffer.alloc(0), Buffer.from(hex.replaceAll(',', ''), 'hex')]))
  }
  return data
}

async function tshark(...args: string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const { code, stdout, stderr } = await run('tshark', ['-n', ...args], { timeout: 60_000 })
  if (code !== 0) throw new Error(`tshark ended with ${code}: ${stderr}`)
  return { stdout, stderr }
}
