import { ConnectionDoor, type Door } from '../../../src/import/packets/connection-door.ts'
import type { ConnectionEvent } from '../../../src/model/connection-event.ts'
import { hostAndPort } from '../../../src/model/host-and-port.ts'
import type { Lane } from '../../../src/tape/recording.ts'

export const client = { address: '10.0.0.1', port: 40_000 }
export const server = { address: '10.0.0.2', port: 443 }

/** A recorder's door that tells what comes in by it as lines, content that follows content in one. */
export function tellingDoor() {
  const told: string[] = []
  const arrow = ({ direction }: Lane) => (direction === 'to-server' ? '>' : '<')
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
  let last = 0
  const say = (line: string, joins = false): void => {
    const begin = line.slice(0, 5)
    if (joins && told.at(-1)?.startsWith(begin)) told.push(told.pop() + line.slice(5))
    else told.push(line)
  }
  const door: Door = {
    nextId: () => ++last,
    exchange: (id, _at, head, stream) => {
      say(`c${id} ${head.method} ${head.path}${stream === undefined ? '' : ` on stream ${stream}`}`)
      return {
        event: event => say(`c${id} ${event.type}`),
        message: ({ direction, bytes }) => say(`c${id} ${direction} ${text(bytes)}`),
        end: () => say(`c${id} told`),
      }
    },
    recording: {
      event: (id, _at, event) => say(`c${id} ${eventText(event)}`),
      wire: (lane, _at, position, bytes) => say(`c${lane.connection} wire ${arrow(lane)} ${position} ${bytes.length}`),
      recordHeaders: lane => say(`c${lane.connection} header ${arrow(lane)}`),
      content: (lane, _at, bytes) => say(`c${lane.connection} ${arrow(lane)} ${text(bytes)}`, true),
      gap: (lane, _at, length) => say(`c${lane.connection} ${arrow(lane)} (${length} missing)`),
      contentEnd: lane => say(`c${lane.connection} ${arrow(lane)} (end)`),
      keyLog: id => say(`c${id} keys`),
      head: () => say('head'),
      acted: () => say('acted'),
    },
  }
  return { door, told, connection: () => new ConnectionDoor(door, 0, { client, server }) }
}

function eventText(event: ConnectionEvent): string {
  switch (event.type) {
    case 'opened':
      return `opened ${event.remote!.address} ${event.local!.address}${event.within === undefined ? '' : ` within c${event.within}`}`
    case 'targeted':
      return `${event.entrance} ${hostAndPort(event.target)}`
    case 'tls-started':
      return `tls ${event.toServer} ${event.toClient}`
    case 'hello-seen':
      return `hello ${event.serverName}`
    case 'secured':
      return `secured ${event.agreed.version} ${event.agreed.alpn}`
    case 'leg-closed':
      return `${event.closed.how} by ${event.closed.by}, ${event.bytes.toServer} ${event.bytes.toClient}`
    default:
      return event.type
  }
}

/** Keys of nobody. */
export const noKeys = { linesFor: () => [], linesForPreMaster: () => [] }
