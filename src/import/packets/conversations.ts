import type { Endpoint } from '../../model/connection.ts'
import type { Direction } from '../../model/party.ts'
import { BoundedMap } from '../../wire/bounded-map.ts'
import { latin1 } from '../../wire/latin1.ts'
import { addressOf } from '../../wire/packet/address.ts'
import { Fragments } from '../../wire/packet/fragments.ts'
import { type IpPacket, readIp } from '../../wire/packet/ip.ts'
import { ipStart } from '../../wire/packet/link.ts'
import type { Packet } from '../../wire/pcap/packet.ts'
import { readSegment, type Segment } from '../../wire/tcp/read-segment.ts'
import type { SessionKeys } from '../../wire/tls/stream/session-opener.ts'
import type { Door } from './connection-door.ts'
import { Flow } from './flow.ts'

/** How many packets were not read, and why. */
export interface Unread {
  /** Their links carry no IP that is known. */
  links: number
  /** They carry something else than TCP. */
  otherProtocols: number
  /** Their headers were not captured, or make no sense. */
  malformed: number
}

interface Place {
  readonly flow: Flow
  readonly direction: Direction
}

const tcp = 6
const mostFlows = 50_000 // that are open
const mostOver = 4096 // of which a segment may come late
const mostNames = 10_000

/** Sorts the packets of a capture into TCP connections, each of which goes to the recorder. */
export class Conversations {
  readonly unread: Unread = { links: 0, otherProtocols: 0, malformed: 0 }
  readonly #door: Door
  readonly #keys: SessionKeys
  readonly #fragments = new Fragments()
  /** Both directions, by addresses and ports as they stand in the packets. */
  readonly #places = new Map<string, Place>()
  /** Keys of flows that are over, oldest first. */
  #over: string[] = []
  readonly #names = new BoundedMap<string, string>(mostNames)
  #at = 0

  constructor(door: Door, keys: SessionKeys) {
    this.#door = door
    this.#keys = keys
  }

  name(address: string, name: string): void {
    this.#names.set(address, name)
  }

  packet({ at, linkType, bytes }: Packet): void {
    this.#at = Math.max(this.#at, at)
    const start = ipStart(linkType, bytes)
    if (start === undefined) {
      this.unread.links++
      return
    }
    const read = readIp(bytes, start)
    if (!read) {
      this.unread.malformed++
      return
    }
    const whole = this.#fragments.push(read, at)
    if (!whole) return
    if (whole.protocol !== tcp) this.unread.otherProtocols++
    else this.#tcp(whole, at)
  }

  /** The capture ends here: what is open ends with it. */
  end(): void {
    for (const { flow } of this.#places.values()) flow.close(this.#at)
    this.#places.clear()
  }

  #tcp(packet: IpPacket, at: number): void {
    const segment = readSegment(packet.payload, packet.length)
    if (!segment) {
      this.unread.malformed++
      return
    }
    const ports = latin1(packet.payload, 0, 4)
    const key = packet.addresses + ports
    const known = this.#places.get(key)
    const begins = segment.syn && known?.flow.isOther(segment, known.direction) === true
    if (begins) known.flow.close(at)
    const place = !known || begins ? this.#open(packet, ports, segment, at) : known
    if (!place || place.flow.isOver) return
    place.flow.push(place.direction, at, segment)
    if (place.flow.isOver) this.#forgetLater(key, backOf(packet.addresses, ports))
  }

  /** A segment that comes late belongs to no new flow. */
  #forgetLater(key: string, back: string): void {
    this.#over.push(key, back)
    if (this.#over.length < 4 * mostOver) return
    for (const old of this.#over.splice(0, 2 * mostOver)) {
      if (this.#places.get(old)?.flow.isOver) this.#places.delete(old)
    }
  }

  #open({ addresses }: IpPacket, ports: string, segment: Segment, at: number): Place | undefined {
    const { syn, rst, acknowledged, payload, length } = segment
    if (!syn && (rst || length === 0)) return undefined
    const direction = syn ? (acknowledged === undefined ? 'to-server' : 'to-client') : directionOf(segment, payload)
    const half = addresses.length / 2
    const [source, destination] = [addresses.slice(0, half), addresses.slice(half)]
    const ends = [this.#endOf(source, segment.sourcePort), this.#endOf(destination, segment.destinationPort)] as const
    const [client, server] = direction === 'to-server' ? ends : [ends[1], ends[0]]
    const name = this.#names.get(server.address)
    const flow = new Flow(this.#door, this.#keys, { client, server, ...(name !== undefined && { name }) }, at, syn)
    this.#places.set(addresses + ports, { flow, direction })
    this.#places.set(backOf(addresses, ports), {
      flow,
      direction: direction === 'to-server' ? 'to-client' : 'to-server',
    })
    if (this.#places.size > 2 * mostFlows) this.#closeOldest(at)
    return { flow, direction }
  }

  #closeOldest(at: number): void {
    for (const [key, { flow }] of this.#places) {
      flow.close(at)
      this.#places.delete(key)
      if (this.#places.size <= 2 * mostFlows - 2) return
    }
  }

  #endOf(address: string, port: number): Endpoint {
    const bytes = Buffer.from(address, 'latin1')
    return { address: addressOf(bytes, 0, bytes.length === 4 ? 4 : 16), port }
  }
}

/** The same connection, seen the other way. */
function backOf(addresses: string, ports: string): string {
  const half = addresses.length / 2
  return addresses.slice(half) + addresses.slice(0, half) + ports.slice(2) + ports.slice(0, 2)
}

/** Where a capture begins within a connection: by what is said, or else the lower port is the server's. */
function directionOf({ sourcePort, destinationPort }: Segment, payload: Uint8Array): Direction {
  const begin = latin1(payload, 0, Math.min(16, payload.length))
  if (payload[0] === 22 && payload[1] === 3) {
    if (payload[5] === 1) return 'to-server'
    if (payload[5] === 2) return 'to-client'
  }
  if (begin.startsWith('HTTP/1.')) return 'to-client'
  if (/^(GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|CONNECT|TRACE|PRI) /.test(begin)) return 'to-server'
  return destinationPort <= sourcePort ? 'to-server' : 'to-client'
}
