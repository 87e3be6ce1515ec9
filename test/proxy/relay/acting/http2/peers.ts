/** Both peers of an acting HTTP/2 core by hand: frames as bytes in, and what comes out as lines to read. */
import type { ActedEvent } from '../../../../../src/model/acted-event.ts'
import type { Header } from '../../../../../src/model/exchange.ts'
import type { Direction } from '../../../../../src/model/party.ts'
import type { ActingPorts, ElsewhereAnswer } from '../../../../../src/proxy/relay/acting/core.ts'
import { http2Core } from '../../../../../src/proxy/relay/acting/http2/http2-core.ts'
import type { Claims, RequestClaim, ResponseClaim } from '../../../../../src/rules/claims.ts'
import type { RequestVerdict, ResponseVerdict } from '../../../../../src/rules/verdict.ts'
import { u31, u32 } from '../../../../../src/wire/bytes.ts'
import { GrowingBytes } from '../../../../../src/wire/growing-bytes.ts'
import { fieldFragment } from '../../../../../src/wire/http2/field-fragment.ts'
import { FrameCutter } from '../../../../../src/wire/http2/frame-cutter.ts'
import { HpackDecoder } from '../../../../../src/wire/http2/hpack/decoder.ts'
import { HpackEncoder } from '../../../../../src/wire/http2/hpack/encoder.ts'
import { frameTypeName } from '../../../../../src/wire/http2/names.ts'
import { MalformedError } from '../../../../../src/wire/reader.ts'
import { frameBytes, preface } from '../../../../wire/http2/frame-bytes.ts'

export const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')

export const u32Bytes = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, i * 4)
  return bytes
}

/** One side's frames, with its own HPACK context that indexes all it can. */
export function speaker() {
  const encoder = new HpackEncoder()
  const known = new Set<string>()
  const block = (fields: readonly Header[]): Uint8Array => {
    const ways = fields.map(([name, value]) => {
      const key = `${name}\0${value}`
      if (known.has(key)) return 0
      known.add(key)
      return 1 | 4 | 8
    })
    return encoder.encode(fields, Uint8Array.from(ways))
  }
  return {
    preface,
    encoder,
    block,
    settings: (...pairs: [id: number, value: number][]) =>
      frameBytes(
        4,
        0,
        0,
        Buffer.concat(
          pairs.map(([id, value]) => {
            const bytes = Buffer.alloc(6)
            bytes.writeUInt16BE(id)
            bytes.writeUInt32BE(value, 2)
            return bytes
          }),
        ),
      ),
    headers: (stream: number, fields: readonly Header[], end = false) =>
      frameBytes(1, 4 | (end ? 1 : 0), stream, block(fields)),
    data: (stream: number, text: string, end = false) => frameBytes(0, end ? 1 : 0, stream, ascii(text)),
    window: (stream: number, bytes: number) => frameBytes(8, 0, stream, u32Bytes(bytes)),
    reset: (stream: number, error = 8) => frameBytes(3, 0, stream, u32Bytes(error)),
    ping: (text = '12345678') => frameBytes(6, 0, 0, ascii(text)),
    goaway: (last: number) => frameBytes(7, 0, 0, u32Bytes(last, 0)),
  }
}

export const get = (path: string, ...more: Header[]): Header[] => [
  [':method', 'GET'],
  [':scheme', 'https'],
  [':authority', 'a.test'],
  [':path', path],
  ...more,
]

export const post = (path: string, ...more: Header[]): Header[] => [[':method', 'POST'], ...get(path, ...more).slice(1)]

export const ok: Header[] = [[':status', '200']]

/** Reads what one receiver gets, as lines. */
export function listener(fromClient: boolean) {
  const lines: string[] = []
  const decoder = new HpackDecoder()
  decoder.allow(65_536)
  const fragments = new GrowingBytes()
  let left = fromClient ? preface.length : 0
  let open = ''
  const cutter = new FrameCutter({
    begins: () => 'whole',
    piece: () => {},
    rest: () => {},
    whole: (type, flags, stream, bytes, from, to) => {
      const payload = bytes.subarray(from + 9, to)
      const end = flags & 1 ? ' END' : ''
      if (type === 0) lines.push(`DATA ${stream} ${Buffer.from(payload).toString('latin1')}${end}`)
      else if (type === 1 || type === 5 || type === 9) {
        const part = fieldFragment({ type, flags, stream, length: payload.length }, payload)
        fragments.append(payload, part.start, part.end)
        if (type !== 9) open = type === 5 ? `PROMISE ${stream} ${u31(payload, 0)}` : `HEADERS ${stream}${end}`
        if ((flags & 4) === 0) return
        const fields = decoder.decode(fragments.take())
        lines.push(`${open} ${fields.map(field => field.join('=')).join(' ')}`)
      } else if (type === 4 || type === 6) lines.push(`${frameTypeName(type)} ${Buffer.from(payload).toString('hex')}`)
      else lines.push(`${frameTypeName(type)} ${stream} ${payload.length >= 4 ? u32(payload, 0) : ''}`)
    },
  })
  return {
    lines,
    decoder,
    push(bytes: Uint8Array): void {
      const skipped = Math.min(left, bytes.length)
      left -= skipped
      try {
        if (lines.at(-1) !== 'unreadable') cutter.push(new Uint8Array(bytes.subarray(skipped)))
      } catch (error) {
        if (!(error instanceof MalformedError)) throw error
        lines.push('unreadable')
      }
    },
  }
}

export type Told = [exchange: number, event: ActedEvent]

/** A core with both peers; `elsewhere` is what another server answers, `begun`: the server has said its SETTINGS. */
export function talking(
  claims: Partial<Claims> = {},
  elsewhere: (asked: Parameters<ActingPorts['elsewhere']>[0]) => Promise<ElsewhereAnswer> = () =>
    Promise.reject(new Error('no')),
  begun = true,
) {
  const bytes: Record<Direction, Buffer[]> = { 'to-server': [], 'to-client': [] }
  const heard = { 'to-server': listener(true), 'to-client': listener(false) }
  const told: Told[] = []
  const own: string[] = []
  const flow: string[] = []
  const state = { takes: { 'to-server': true, 'to-client': true } as Record<Direction, boolean> }
  const ports: ActingPorts = {
    write: (direction, part) => {
      bytes[direction].push(Buffer.from(part))
      heard[direction].push(part)
      return state.takes[direction]
    },
    end: direction => void flow.push(`end ${direction}`),
    flow: (direction, reads) => void flow.push(`flow ${direction} ${reads}`),
    destroy: how => void flow.push(`destroy ${how}`),
    acted: (exchange, event) => void told.push([exchange, event]),
    serverContent: (exchange, direction, part) =>
      void own.push(`${exchange} ${direction} ${Buffer.from(part).toString('latin1')}`),
    elsewhere,
  }
  const none = () => undefined
  const core = http2Core({ request: none, response: none, webSocket: none, ...claims }, ports, {
    scheme: 'https',
    authority: 'fallback.test',
  })
  const push = (direction: Direction, frames: readonly Uint8Array[]): void => {
    const copy = Buffer.concat(frames)
    core.push(direction, copy)
    copy.fill(0xaa) // a view of it that was kept is found out
  }
  if (begun) push('to-client', [frameBytes(4, 0, 0)]) // the server's SETTINGS
  heard['to-client'].lines.length = 0
  bytes['to-client'].length = 0
  return {
    core,
    told,
    own,
    flow,
    state,
    client: speaker(),
    server: speaker(),
    fromClient: (...frames: Uint8Array[]) => push('to-server', frames),
    fromServer: (...frames: Uint8Array[]) => push('to-client', frames),
    bytes: (direction: Direction) => Buffer.concat(bytes[direction]),
    atServer: () => heard['to-server'].lines.splice(0),
    atClient: () => heard['to-client'].lines.splice(0),
  }
}

export const claimRequest = (act: RequestClaim['act'] | RequestVerdict, most = 0, gone?: () => void): RequestClaim => ({
  most,
  act: typeof act === 'function' ? act : () => act,
  ...(gone && { gone }),
})

export const claimResponse = (act: ResponseClaim['act'] | ResponseVerdict, most = 0): ResponseClaim => ({
  most,
  act: typeof act === 'function' ? act : () => act,
})

/** A promise and its key. */
export function later<Value>() {
  let resolve: (value: Value) => void = () => {}
  const promise = new Promise<Value>(done => {
    resolve = done
  })
  return { promise, resolve }
}

/** What waits for promises that are resolved has run. */
export const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
