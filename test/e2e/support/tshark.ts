import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Direction } from '../../../src/wire/direction.ts'
import type { Told, ToldMessage, ToldRecord } from './facts.ts'
import { type PcapStream, serverPort, writePcap } from './pcap.ts'
import { run } from './processes.ts'

/** A field of tshark's PDML with what lies in it. `value` is hex. */
interface Node {
  readonly name: string
  readonly show: string
  readonly value: string
  readonly children: Node[]
}

/** What tshark makes of the very bytes that Parley recorded, by the port of the stream. */
export async function dissectWithTshark(folder: string, streams: readonly PcapStream[]): Promise<Map<number, Told>> {
  const [pcap, keys] = [join(folder, 'legs.pcap'), join(folder, 'legs.keys')]
  writeFileSync(pcap, writePcap(streams))
  writeFileSync(keys, [...new Set(streams.flatMap(({ capture }) => capture.keyLog)), ''].join('\n'))
  return toldByTshark(pcap, keys, serverPort)
}

/** What tshark makes of the TLS in a file of packets to a server's port, by the port of the client. */
export async function toldByTshark(pcap: string, keys: string, serverPort: number): Promise<Map<number, Told>> {
  const preferences = ['-o', `tls.keylog_file:${keys}`]
  const args = ['-n', '-r', pcap, ...preferences, '-d', `tcp.port==${serverPort},tls`, '-T', 'pdml', '-J', 'tcp tls']
  const { code, stdout, stderr } = await run('tshark', args, { timeout: 60_000 })
  if (code !== 0) throw new Error(`tshark ended with ${code}: ${stderr}`)
  const told = new Map<number, { records: ToldRecord[]; messages: ToldMessage[] }>()
  for (const { name, port, direction, node } of protocols(stdout, serverPort)) {
    if (name !== 'tls') continue
    let leg = told.get(port)
    if (!leg) {
      leg = { records: [], messages: [] }
      told.set(port, leg)
    }
    for (const record of node.children) if (record.name === 'tls.record') takeRecord(record, direction, leg)
  }
  return told
}

interface Protocol {
  readonly name: string
  readonly port: number
  readonly direction: Direction
  readonly node: Node
}

/** Every protocol of every packet. PDML is one element a line. */
function* protocols(pdml: string, serverPort: number): Generator<Protocol> {
  let port = 0
  let direction: Direction = 'to-server'
  const open: Node[] = []
  for (const line of pdml.split('\n')) {
    const proto = /^ *<proto name="([^"]*)"/.exec(line)
    if (proto) {
      const node = { name: proto[1]!, show: '', value: '', children: [] }
      open.at(-1)?.children.push(node) // OCSP inside TLS, for one
      if (!line.endsWith('/>')) open.push(node)
    } else if (line.includes('</proto>')) {
      const root = open.pop()
      if (open.length > 0) continue
      if (root?.name === 'tcp') {
        const [from, to] = ['srcport', 'dstport'].map(end => Number(find(root!, `tcp.${end}`)[0]?.show))
        direction = to === serverPort ? 'to-server' : 'to-client'
        port = direction === 'to-server' ? from! : to!
      }
      if (root) yield { name: root.name, port, direction, node: root }
    } else if (line.includes('</field>')) open.pop()
    else {
      const field = /^ *<field name="([^"]*)"/.exec(line)
      if (!field) continue
      const node = { name: field[1]!, show: attribute(line, 'show'), value: attribute(line, 'value'), children: [] }
      open.at(-1)?.children.push(node)
      if (!line.endsWith('/>')) open.push(node)
    }
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const attribute = (line: string, name: string): string =>
  (new RegExp(` ${name}="([^"]*)"`).exec(line)?.[1] ?? '').replace(/&(\w+);/g, (_, entity) => entities[entity] ?? '?')

/** Every field of a name below a node, in order. */
const find = (node: Node, name: string): Node[] =>
  node.children.flatMap(child => [...(child.name === name ? [child] : []), ...find(child, name)])

function takeRecord(record: Node, direction: Direction, leg: { records: ToldRecord[]; messages: ToldMessage[] }): void {
  const own = (name: string): Node | undefined => record.children.find(child => child.name === name)
  const outer = own('tls.record.opaque_type') ?? own('tls.record.content_type')
  const [version, length] = [own('tls.record.version'), own('tls.record.length')]
  if (!outer || !version || !length) throw new Error(`tshark tells a record in a way that is not known: ${record.show}`)
  leg.records.push({ direction, type: Number(outer.show), version: Number(version.show), length: Number(length.show) })
  for (const child of record.children) {
    if (child.name === 'tls.change_cipher_spec')
      leg.messages.push({ direction, title: 'change_cipher_spec', length: 1, facts: {} })
    else if (child.name === 'tls.alert_message') {
      const [level, description] = ['level', 'desc'].map(name => find(child, `tls.alert_message.${name}`)[0])
      // Without a level tshark could not decrypt it.
      if (level && description)
        leg.messages.push({
          direction,
          title: 'alert',
          length: 2,
          facts: { alert: `${level.show} ${description.show}` },
        })
    } else if (child.name === 'tls.handshake') takeHandshake(child, direction, leg.messages)
  }
}

function takeHandshake(node: Node, direction: Direction, messages: ToldMessage[]): void {
  const of = (name: string): Node | undefined => node.children.find(child => child.name === `tls.handshake.${name}`)
  const [type, length] = [of('type'), of('length')]
  if (!type || !length) return // encrypted, or a fragment that the last one repeats in whole
  const all = (name: string): string[] => find(node, `tls.handshake.${name}`).map(({ show }) => show)
  const numbers = (name: string): string => all(name).map(Number).join(' ')
  const bytes = (name: string): string[] => find(node, `tls.handshake.${name}`).map(({ value }) => value)
  const isHello = type.show === '1' || type.show === '2'
  const facts: Record<string, string> = {}
  const tell = (name: string, value: string): void => {
    if (value !== '') facts[name] = value
  }
  if (isHello) {
    tell('legacy version', numbers('version'))
    tell('random', bytes('random').join(' '))
    tell('session id', bytes('session_id').join(' '))
    tell('suites', numbers('ciphersuite'))
    tell('versions', numbers('extensions.supported_version'))
    tell('key share groups', numbers('extensions_key_share_group'))
    tell('server name', all('extensions_server_name').join(' '))
  }
  if (isHello || type.show === '8') {
    tell('extensions', numbers('extension.type'))
    tell('groups', numbers('extensions_supported_group'))
    tell('alpn', all('extensions_alpn_str').join(' '))
  }
  if (type.show === '1' || type.show === '13' || type.show === '15' || type.show === '12')
    tell('signature algorithms', numbers('sig_hash_alg'))
  if (type.show === '1') tell('ja3', all('ja3').join(' '))
  if (type.show === '11') {
    tell('certificates', bytes('certificate').join(' '))
  }
  if (type.show === '12') {
    tell('named curve', numbers('server_named_curve'))
    tell('public key', [...bytes('server_point'), ...bytes('ys')].join(' '))
    tell('signature', bytes('sig').join(' '))
  }
  if (type.show === '16') tell('public key', [...bytes('client_point'), ...bytes('yc')].join(' '))
  if (type.show === '15') tell('signature', bytes('client_cert_vrfy.sig').join(' '))
  if (type.show === '4') {
    tell('lifetime', numbers('session_ticket_lifetime_hint'))
    tell('ticket', bytes('session_ticket').join(' '))
  }
  messages.push({ direction, title: `handshake ${type.show}`, length: Number(length.show), facts })
}
