import type { Connection, ConnectionId } from '../../model/connection.ts'
import { version } from '../../model/version.ts'
import type { Capture } from '../../store/capture.ts'
import {
  decryptionSecrets,
  enhancedPacket,
  interfaceDescription,
  nameResolution,
  sectionHeader,
} from '../../wire/pcapng/write-block.ts'
import { addressBytes, unmapped } from '../../wire/tcp/address-bytes.ts'
import { connectionPackets } from './connection-packets.ts'
import { survey } from './survey.ts'

const interfaces = { client: 0, upstream: 1 } as const
const connectionsAtOnce = 1000
const mostOpen = 256 // connections of which something is in mind

/** A block of the file, which may wait until others that passed before it are written. */
interface TimedBlock {
  readonly at: number
  readonly bytes: Uint8Array
}

/**
 * A pcapng file of both legs of connections, piece by piece: TCP conversations around the recorded bytes, in the order of
 * their time, with names, secrets, and what Parley has to say as comments of packets. `wanted`: which connections, all
 * where it is absent.
 */
export function* pcapng(capture: Capture, wanted?: (id: ConnectionId) => boolean): Generator<Uint8Array> {
  yield sectionHeader({
    program: `Parley ${version}`,
    os: `${process.platform} ${process.arch}`,
    comment:
      'Made by Parley from what it recorded on its two legs. Bytes, times and addresses are those that passed; the headers of IP and TCP are made up around them. The first packet of each conversation says what of it was encrypted anew or left out.',
  })
  yield interfaceDescription('client leg', 'between the client and Parley')
  yield interfaceDescription('upstream leg', 'between Parley and the server')
  for (const block of inOrder(blocksOfConnections(capture, wanted))) yield block.bytes
}

interface Opened {
  readonly at: number
  readonly blocks: Generator<TimedBlock>
}

function* blocksOfConnections(capture: Capture, wanted?: (id: ConnectionId) => boolean): Generator<Opened> {
  const named = new Set<string>()
  for (let after = 0; ; ) {
    const page = capture.connections({ after, limit: connectionsAtOnce })
    const [first, last] = [page[0], page.at(-1)]
    if (!first || !last) return
    const exchanges = capture.exchangesOfMany(first.id, last.id)
    for (const connection of page) {
      if (wanted && !wanted(connection.id)) continue
      const blocks = connectionBlocks(capture, connection, exchanges.get(connection.id) ?? [], named)
      yield { at: connection.openedAt, blocks }
    }
    after = last.id
  }
}

function* connectionBlocks(
  capture: Capture,
  connection: Connection,
  ids: readonly number[],
  named: Set<string>,
): Generator<TimedBlock> {
  const at = connection.openedAt
  const known = survey(capture, connection)
  const names = nameBlock(connection, named)
  if (names) yield { at, bytes: names }
  if (known.keys.length > 0) yield { at, bytes: decryptionSecrets(known.keys) }
  for (const packet of connectionPackets(capture, connection, ids, known))
    yield { at: packet.at, bytes: enhancedPacket({ ...packet, on: interfaces[packet.leg] }) }
}

const hostName = /^[\w.-]{1,253}$/
const mostNames = 10_000

/** What the server's address is called, said once. */
function nameBlock({ upstream }: Connection, named: Set<string>): Uint8Array | undefined {
  const { lookup, remote } = upstream ?? {}
  if (!lookup || !remote || addressBytes(lookup.name) || !hostName.test(lookup.name)) return undefined
  const address = addressBytes(remote.address)
  const key = `${remote.address} ${lookup.name}`
  if (!address || named.has(key)) return undefined
  if (named.size >= mostNames) named.clear()
  named.add(key)
  return nameResolution([{ address: unmapped(address), names: [lookup.name] }])
}

/**
 * The blocks of all connections in the order of their time. A connection is begun when the others have come to where it
 * was opened; where very many are open at once, some come later than they should.
 */
function* inOrder(connections: Generator<Opened>): Generator<TimedBlock> {
  const open: { readonly blocks: Generator<TimedBlock>; next: TimedBlock }[] = []
  let coming = connections.next()
  for (;;) {
    const first = open.reduce<(typeof open)[number] | undefined>(
      (best, each) => (!best || each.next.at < best.next.at ? each : best),
      undefined,
    )
    if (!coming.done && open.length < mostOpen && (!first || coming.value.at <= first.next.at)) {
      const { blocks } = coming.value
      const { value, done } = blocks.next()
      if (!done) open.push({ blocks, next: value })
      coming = connections.next()
      continue
    }
    if (!first) return
    yield first.next
    const { value, done } = first.blocks.next()
    if (done) open.splice(open.indexOf(first), 1)
    else first.next = value
  }
}
