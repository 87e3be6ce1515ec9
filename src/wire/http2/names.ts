/** RFC 9113 section 6, RFC 7838, RFC 8336, RFC 9218 */
export const frameType = {
  data: 0,
  headers: 1,
  priority: 2,
  rstStream: 3,
  settings: 4,
  pushPromise: 5,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
  altsvc: 10,
  origin: 12,
  priorityUpdate: 16,
} as const

export const flag = { endStream: 1, ack: 1, endHeaders: 4, padded: 8, priority: 32 } as const

export const setting = {
  headerTableSize: 1,
  enablePush: 2,
  initialWindowSize: 4,
  maxFrameSize: 5,
  enableConnectProtocol: 8,
} as const

const frameTypeNames = new Map([
  [0, 'DATA'],
  [1, 'HEADERS'],
  [2, 'PRIORITY'],
  [3, 'RST_STREAM'],
  [4, 'SETTINGS'],
  [5, 'PUSH_PROMISE'],
  [6, 'PING'],
  [7, 'GOAWAY'],
  [8, 'WINDOW_UPDATE'],
  [9, 'CONTINUATION'],
  [10, 'ALTSVC'],
  [12, 'ORIGIN'],
  [16, 'PRIORITY_UPDATE'],
])

/** IANA's HTTP/2 Settings registry. */
const settingNames = new Map([
  [1, 'HEADER_TABLE_SIZE'],
  [2, 'ENABLE_PUSH'],
  [3, 'MAX_CONCURRENT_STREAMS'],
  [4, 'INITIAL_WINDOW_SIZE'],
  [5, 'MAX_FRAME_SIZE'],
  [6, 'MAX_HEADER_LIST_SIZE'],
  [8, 'ENABLE_CONNECT_PROTOCOL'],
  [9, 'NO_RFC7540_PRIORITIES'],
  [16, 'TLS_RENEG_PERMITTED'],
])

/** RFC 9113 section 7 */
const errorNames = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
]

const inHex = (value: number): string => `0x${value.toString(16).padStart(2, '0')}`

export const frameTypeName = (type: number): string => frameTypeNames.get(type) ?? inHex(type)
export const settingName = (id: number): string => settingNames.get(id) ?? inHex(id)
export const errorName = (code: number): string => errorNames[code] ?? inHex(code)

/** Names of the flags that are set, by the frame's type; bits without a name in hexadecimal. */
export function flagNames(type: number, flags: number): string[] {
  const names: string[] = []
  let rest = flags
  for (const [bit, name] of flagsOf(type)) {
    if ((flags & bit) === 0) continue
    names.push(name)
    rest &= ~bit
  }
  if (rest !== 0) names.push(inHex(rest))
  return names
}

function flagsOf(type: number): readonly (readonly [bit: number, name: string])[] {
  switch (type) {
    case frameType.data:
      return [
        [1, 'END_STREAM'],
        [8, 'PADDED'],
      ]
    case frameType.headers:
      return [
        [1, 'END_STREAM'],
        [4, 'END_HEADERS'],
        [8, 'PADDED'],
        [32, 'PRIORITY'],
      ]
    case frameType.settings:
    case frameType.ping:
      return [[1, 'ACK']]
    case frameType.pushPromise:
      return [
        [4, 'END_HEADERS'],
        [8, 'PADDED'],
      ]
    case frameType.continuation:
      return [[4, 'END_HEADERS']]
    default:
      return []
  }
}
