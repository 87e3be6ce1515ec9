import type { Direction } from '../../model/party.ts'
import { u31 } from '../../wire/bytes.ts'
import type { FrameHeader } from '../../wire/http2/frame-reader.ts'
import { frameType, frameTypeName, setting, settingName } from '../../wire/http2/names.ts'
import { type Fault, senderOf } from '../plain.ts'

/** Lengths that RFC 9113 section 6 fixes. */
const fixedLengths = new Map<number, number>([
  [frameType.priority, 5],
  [frameType.rstStream, 4],
  [frameType.ping, 8],
  [frameType.windowUpdate, 4],
])
/** Frames that stand on stream 0 alone; WINDOW_UPDATE may stand there too, the others of RFC 9113 may not. */
const ofConnection = new Set<number>([frameType.settings, frameType.ping, frameType.goaway])

const none: readonly Fault[] = []

/** RFC 9113 4.1 and section 6, RFC 9218 7.1: what the header of a frame tells of its place and length. Asked of every frame. */
export function headerFaults(direction: Direction, { type, stream, length }: FrameHeader): readonly Fault[] {
  if (type === frameType.priorityUpdate) return priorityFaults(direction, stream, length)
  if (type > frameType.continuation) return none
  const wanted = fixedLengths.get(type)
  const misplaced = type !== frameType.windowUpdate && ofConnection.has(type) !== (stream === 0)
  const misfits = wanted !== undefined && length !== wanted
  if (!misplaced && !misfits) return none
  return [
    ...(misplaced ? [offPlace(type, stream, `RFC 9113 6.${type + 1}`)] : []),
    ...(misfits ? [badLength(type, length)] : []),
  ]
}

const priorityFaults = (direction: Direction, stream: number, length: number): readonly Fault[] => [
  ...(stream === 0 ? [] : [offPlace(frameType.priorityUpdate, stream, 'RFC 9218 7.1')]),
  ...(direction === 'to-client' ? [badPriority('it comes from a server')] : []),
  ...(length < 4 ? [badLength(frameType.priorityUpdate, length)] : []),
]

const offPlace = (type: number, stream: number, rfc: string): Fault => ({
  code: stream === 0 ? 'http2/frame-on-stream-0' : 'http2/frame-off-stream-0',
  detail: `${frameTypeName(type)} on stream ${stream} (${rfc})`,
})

export const badLength = (type: number, length: number): Fault => ({
  code: 'http2/frame-size',
  detail: `${frameTypeName(type)} with ${length} bytes (${type === frameType.priorityUpdate ? 'RFC 9218 7.1' : 'RFC 9113 section 6'})`,
})

/** What the content of a frame may not say. */
export function payloadFault({ type }: FrameHeader, payload: Uint8Array): Fault | undefined {
  if (type !== frameType.windowUpdate && type !== frameType.priorityUpdate) return undefined
  if (payload.length < 4 || u31(payload, 0) !== 0) return undefined
  return type === frameType.priorityUpdate ? badPriority('it is for stream 0') : { code: 'http2/bad-window-update' }
}

const badPriority = (detail: string): Fault => ({ code: 'http2/bad-priority-update', detail })

const bounds: Readonly<Record<number, readonly [least: number, most: number]>> = {
  [setting.enablePush]: [0, 1], // a server may not ask for it
  [setting.initialWindowSize]: [0, 2 ** 31 - 1],
  [setting.maxFrameSize]: [2 ** 14, 2 ** 24 - 1],
  [setting.enableConnectProtocol]: [0, 1],
}

/** RFC 9113 6.5.2, RFC 8441 3: a value that a setting may not have. */
export function settingFault(direction: Direction, id: number, value: number): Fault | undefined {
  const [least, most] = id === setting.enablePush && direction === 'to-client' ? [0, 0] : (bounds[id] ?? [])
  if (least === undefined || (value >= least && value <= most!)) return undefined
  const rfc = id === setting.enableConnectProtocol ? 'RFC 8441 3' : 'RFC 9113 6.5.2'
  const detail = `${settingName(id)} of ${value} from the ${senderOf(direction)} (${rfc})`
  return { code: 'http2/bad-setting', detail }
}

/** RFC 9113 3.4: what a side begins with instead of its SETTINGS. */
export function openingFault(direction: Direction, { type, length, flags }: FrameHeader): Fault | undefined {
  if (type === frameType.settings) return undefined
  const isHttp1 = length === 0x485454 && type === 0x50 && flags === 0x2f // `HTTP/` where the header of a frame stands
  const detail = isHttp1
    ? `the ${senderOf(direction)} speaks HTTP/1 where HTTP/2 was agreed`
    : `the ${senderOf(direction)} does not begin with SETTINGS`
  return { code: isHttp1 ? 'http2/not-http2' : 'http2/bad-preface', detail }
}
