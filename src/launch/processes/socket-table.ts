import { endianness } from 'node:os'
import type { ClientProcess, Endpoint } from '../../model/connection.ts'

/** A client's side of a connection to a listener on this machine. */
export interface ClientSocket {
  /** The client's own end. */
  readonly local: Endpoint
  /** The listener's end. */
  readonly remote: Endpoint
}

/** Who holds each of these sockets; undefined where that is not found. Rejects for reasons of the system's. */
export type FindProcesses = (sockets: readonly ClientSocket[]) => Promise<(ClientProcess | undefined)[]>

export interface SocketEntry {
  readonly inode: string
  /** The user who opened it. */
  readonly uid: number
}

/**
 * Finds client sockets in the text of /proc/net/tcp or /proc/net/tcp6 (proc(5)): local and remote address in hex, state,
 * queues, timer, retransmissions, uid, timeout, inode. A socket that nobody holds any more has inode 0, and is none.
 */
export function findSockets(table: string, sockets: readonly ClientSocket[]): (SocketEntry | undefined)[] {
  const found: (SocketEntry | undefined)[] = sockets.map(() => undefined)
  const wanted = new Map(
    sockets.flatMap((socket, index) => tableForms(socket.local).map(local => [local, index] as const)),
  )
  for (let at = 0, end = 0; at < table.length; at = end + 1) {
    end = table.indexOf('\n', at)
    if (end < 0) end = table.length
    const start = table.indexOf(': ', at) + 2
    const index = start > at + 1 && start < end ? wanted.get(table.slice(start, table.indexOf(' ', start))) : undefined
    if (index === undefined) continue
    const [, remote = '', , , , , uid, , inode = '0'] = table.slice(start, end).split(/\s+/)
    if (Number.parseInt(remote.slice(-4), 16) !== sockets[index]!.remote.port || inode === '0') continue
    found[index] = { inode, uid: Number(uid) }
  }
  return found
}

const little = endianness() === 'LE'

/** 127.0.0.0/8, ::1, and the first as an IPv6 socket has it. */
export const isLoopback = (address: string): boolean =>
  address === '::1' || /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/i.test(address)

/** A loopback endpoint, or all addresses, as the tables write it: words of 32 bits in the machine's own order. A v4 one may be in both. */
function tableForms({ address, port }: Endpoint): string[] {
  const end = `:${hex(port, 4)}`
  if (address === '::') return ['0'.repeat(32) + end]
  if (address === '::1') return [`${'0'.repeat(24)}${word(0, 0, 0, 1)}${end}`]
  const [a = 0, b = 0, c = 0, d = 0] = address
    .slice(address.lastIndexOf(':') + 1)
    .split('.')
    .map(Number)
  const v4 = word(a, b, c, d) + end
  return [v4, `${'0'.repeat(16)}${word(0, 0, 255, 255)}${v4}`]
}

const word = (...bytes: readonly number[]): string =>
  (little ? bytes.toReversed() : bytes).map(byte => hex(byte, 2)).join('')

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0')
