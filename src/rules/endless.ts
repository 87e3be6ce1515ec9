import type { Header } from '../model/exchange.ts'

/**
 * Media types of what goes on for long, piece by piece: events, pictures of a camera, gRPC, lines of JSON. Nobody waits for
 * the end of such a body, as whoever reads it wants each piece when it comes.
 */
const endless =
  /^(?:text\/event-stream|multipart\/x-mixed-replace|application\/(?:grpc|(?:x-)?ndjson|(?:x-)?jsonl|json-seq|stream\+json))/i

/** Whether a body with these fields is none to wait for. One that says its length ends. */
export const isEndless = (headers: readonly Header[]): boolean =>
  endless.test(firstOf(headers, 'content-type')) && !saysLength(headers)

/** Whether the length of the body is known by its head (RFC 9110 8.6). */
export const saysLength = (headers: readonly Header[]): boolean => /^\d{1,15}$/.test(firstOf(headers, 'content-length'))

const firstOf = (headers: readonly Header[], wanted: string): string =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1].trim() ?? ''

/** ms for a body of unknown length to end, where somebody wants it whole; then its message goes on as without it. */
export const bodyPatience = 10_000
