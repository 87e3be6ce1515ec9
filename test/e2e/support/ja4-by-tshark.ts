import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serverPort, writePcap } from './pcap.ts'
import { run } from './processes.ts'
import { captureOf, type Watched } from './watched.ts'

/** What tshark reads in a hello. */
export interface Fingerprints {
  readonly ja3: string
  readonly ja4: string
}

const prefix = 'tls.handshake.'
const fields = {
  version: 'version',
  suites: 'ciphersuite',
  extensions: 'extension.type',
  versions: 'extensions.supported_version',
  name: 'extensions_server_name',
  alpn: 'extensions_alpn_str',
  signatures: 'sig_hash_alg',
  signatureBytes: 'sig_hash_alg_len',
  ja3: 'ja3',
} as const
type Row = Readonly<Record<keyof typeof fields, readonly string[]>>

/** Of the first hello of each connection, in their order; undefined where tshark sees none. */
export async function fingerprintsByTshark(
  folder: string,
  watched: readonly Watched[],
): Promise<readonly (Fingerprints | undefined)[]> {
  const pcap = join(folder, 'watched.pcap')
  const firstPort = 10_000
  writeFileSync(pcap, writePcap(watched.map((each, index) => ({ port: firstPort + index, capture: captureOf(each) }))))
  const wanted = ['tcp.srcport', ...Object.values(fields).map(name => prefix + name)].flatMap(name => ['-e', name])
  const only = ['-Y', `${prefix}type == 1`, '-T', 'fields', '-E', 'occurrence=a', '-E', 'aggregator= ', ...wanted]
  const as = ['-d', `tcp.port==${serverPort},tls`]
  const { code, stdout, stderr } = await run('tshark', ['-n', '-r', pcap, ...as, ...only], { timeout: 60_000 })
  if (code !== 0) throw new Error(`tshark ended with ${code}: ${stderr}`)
  const found = new Map<number, Fingerprints>()
  for (const line of stdout.split('\n').filter(each => each !== '')) {
    const [port, ...values] = line.split('\t')
    const row = Object.fromEntries(
      Object.keys(fields).map((key, index) => [key, values[index]?.split(' ').filter(each => each !== '') ?? []]),
    ) as unknown as Row
    const index = Number(port) - firstPort
    if (!found.has(index)) found.set(index, { ja3: row.ja3.join(), ja4: ja4Of(row) })
  }
  return watched.map((_, index) => found.get(index))
}

const [serverName, alpn] = [0, 16]
const names: Readonly<Record<number, string>> = { 772: '13', 771: '12', 770: '11', 769: '10', 768: 's3' }

/** JA4 as FoxIO's technical details have it, from fields alone: tshark says it itself only from 4.2 on. */
function ja4Of(row: Row): string {
  const [suites, types, versions, signatures] = [
    row.suites,
    row.extensions,
    row.versions,
    signatureAlgorithms(row),
  ].map(list => list.map(Number).filter(number => (number & 0x0f0f) !== 0x0a0a)) as [
    number[],
    number[],
    number[],
    number[],
  ]
  const version = names[Math.max(...(versions.length > 0 ? versions : row.version.map(Number)))] ?? '00'
  const first = row.alpn[0] ?? '00'
  const counts = [suites, types].map(({ length }) => String(Math.min(length, 99)).padStart(2, '0')).join('')
  const head = `t${version}${row.name.length > 0 ? 'd' : 'i'}${counts}${first[0]}${first.at(-1)}`
  const rest = types.filter(type => type !== serverName && type !== alpn)
  const hashed = [sorted(rest), ...(signatures.length > 0 ? [signatures.map(hex).join()] : [])].join('_')
  return [head, hash(sorted(suites)), hash(rest.length > 0 ? hashed : '')].join('_')
}

/** tshark has one field for the lists of three extensions, in the order of these. */
function signatureAlgorithms({ extensions, signatures, signatureBytes }: Row): readonly string[] {
  const lists = extensions.map(Number).filter(type => [13, 34, 50].includes(type)) // signature_algorithms, delegated_credential, signature_algorithms_cert
  const at = lists.indexOf(13)
  if (at < 0) return []
  const counts = signatureBytes.map(bytes => Number(bytes) / 2)
  const from = counts.slice(0, at).reduce((sum, count) => sum + count, 0)
  return signatures.slice(from, from + counts[at]!)
}

const hex = (number: number): string => number.toString(16).padStart(4, '0')
const sorted = (numbers: readonly number[]): string => numbers.map(hex).sort().join()
const hash = (text: string): string =>
  text === '' ? '000000000000' : createHash('sha256').update(text).digest('hex').slice(0, 12)
