/** RFC 6455 11.8 */
export const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

const opcodeNames = new Map(Object.entries(opcode).map(([name, number]) => [number as number, name]))

/** IANA's WebSocket Close Code Number Registry. */
const closeCodeNames = new Map([
  [1000, 'normal closure'],
  [1001, 'going away'],
  [1002, 'protocol error'],
  [1003, 'unsupported data'],
  [1005, 'no status received'],
  [1006, 'abnormal closure'],
  [1007, 'invalid frame payload data'],
  [1008, 'policy violation'],
  [1009, 'message too big'],
  [1010, 'mandatory extension'],
  [1011, 'internal error'],
  [1012, 'service restart'],
  [1013, 'try again later'],
  [1014, 'bad gateway'],
  [1015, 'TLS handshake'],
  [3000, 'unauthorized'],
  [3003, 'forbidden'],
  [3008, 'timeout'],
])

export const opcodeName = (number: number): string => opcodeNames.get(number) ?? `opcode ${number}`

/** A close code in words; private and unknown ones by their range (RFC 6455 7.4.2). */
export function closeCodeName(code: number): string {
  const name = closeCodeNames.get(code)
  if (name !== undefined) return name
  if (code >= 4000 && code < 5000) return `private use ${code}`
  return `code ${code}`
}
