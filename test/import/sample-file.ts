import { ipv4, pcap, pcapngBlocks, type TcpParts, tcp } from '../wire/packet/make-packets.ts'

const port = 40_000
const up = (parts: Partial<TcpParts>) => ipv4(tcp({ from: port, to: 80, seq: 0, ...parts }))
const down = (parts: Partial<TcpParts>) =>
  ipv4(tcp({ from: 80, to: port, seq: 0, ...parts }), { source: [10, 0, 0, 2], destination: [10, 0, 0, 1] })
const ask = 'GET /hello HTTP/1.1\r\nHost: a.example\r\n\r\n'
const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'

/** One exchange on a connection from its SYN to its FIN. */
export const exchange = [
  up({ seq: 9, flags: 'S' }),
  down({ seq: 99, ack: 10, flags: 'S' }),
  up({ seq: 10, ack: 100, data: ask }),
  down({ seq: 100, ack: 10 + ask.length, data: answer }),
  down({ seq: 100 + answer.length, ack: 10 + ask.length, flags: 'F' }),
  up({ seq: 10 + ask.length, ack: 101 + answer.length, flags: 'F' }),
]

export const pcapFile = pcap(
  exchange.map((bytes, i) => ({ seconds: 1_700_000_000, fraction: i * 1000, bytes })),
  { linkType: 101 },
)

const file = pcapngBlocks()
export const pcapngFile = Buffer.concat([
  file.section(),
  file.interface(101),
  ...exchange.map((bytes, i) => file.enhanced(0, BigInt(1_700_000_000_000_000 + i * 1000), bytes)),
  file.secrets(`CLIENT_RANDOM ${'ab'.repeat(32)} ${'cd'.repeat(48)}\n`),
])
