import type { Header, ResponseHead } from '../../model/exchange.ts'
import { decodedBody } from '../../view/body/decoded.ts'
import { formatBytes } from '../../view/format.ts'

/** An answer as far as it is compared. */
export interface ComparedAnswer {
  readonly head: ResponseHead
  /** As much as is there of it. */
  readonly body: Uint8Array
  readonly bodyBytes: number
}

/** One thing in which an answer is not the recorded one. Texts are the network's. */
export interface AnswerDifference {
  /** `status`, `header NAME`, `body` */
  readonly what: string
  /** Absent where the recorded answer has none. */
  readonly was?: string
  readonly is?: string
}

/** What is another in every answer, or says how it was sent and not what. */
export const usuallyIgnored: readonly string[] = [
  ...['age', 'date', 'expires', 'server-timing', 'x-request-id', 'x-correlation-id', 'x-trace-id', 'traceparent'],
  ...['cf-ray', 'x-amzn-trace-id', 'x-amz-cf-id', 'x-cache', 'x-cache-hits', 'x-served-by', 'x-timer', 'x-runtime'],
  ...['alt-svc', 'connection', 'content-length', 'keep-alive', 'nel', 'report-to', 'transfer-encoding', 'via'],
]

/** What differs: status, the fields that are not `ignored`, cookies by name and attributes, the body with its codings undone. */
export function answerDifferences(
  recorded: ComparedAnswer,
  sent: ComparedAnswer,
  ignored: ReadonlySet<string>,
): readonly AnswerDifference[] {
  const [was, is] = [recorded.head.status, sent.head.status]
  return [
    ...(was === is ? [] : [{ what: 'status', was: String(was), is: String(is) }]),
    ...fieldDifferences(recorded.head.headers, sent.head.headers, ignored),
    ...bodyDifferences(recorded, sent),
  ]
}

function fieldDifferences(
  recorded: readonly Header[],
  sent: readonly Header[],
  ignored: ReadonlySet<string>,
): readonly AnswerDifference[] {
  const [ours, theirs] = [byName(recorded), byName(sent)]
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap(name => {
    const [was, is] = [ours.get(name), theirs.get(name)]
    if (was === is || ignored.has(name)) return []
    return [{ what: `header ${name}`, ...(was !== undefined && { was }), ...(is !== undefined && { is }) }]
  })
}

/** Values of each name, joined. Pseudo-headers are told by the status. */
function byName(headers: readonly Header[]): ReadonlyMap<string, string> {
  const all = new Map<string, string>()
  for (const [label, text] of headers) {
    const name = label.toLowerCase()
    if (name.startsWith(':')) continue
    const value = name === 'set-cookie' ? cookieWithoutValue(text) : text
    const before = all.get(name)
    all.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return all
}

/** A session's cookie has another value each time, and an end that moves. */
function cookieWithoutValue(text: string): string {
  const [pair = '', ...attributes] = text.split(';').map(part => part.trim())
  const name = pair.split('=', 1)[0]!
  return [`${name}=…`, ...attributes.filter(attribute => !/^(expires|max-age)=/i.test(attribute))].join('; ')
}

function bodyDifferences(recorded: ComparedAnswer, sent: ComparedAnswer): readonly AnswerDifference[] {
  const [whole, part] = [isWhole(recorded), isWhole(sent)]
  const [was, is] = [recorded, sent].map(({ body, head }) => Buffer.from(decodedBody(body, head.headers)))
  if (whole && part ? was!.equals(is!) : recorded.bodyBytes === sent.bodyBytes && startsAlike(was!, is!)) return []
  const at = firstDifference(was!, is!)
  const line = 1 + countLines(was!.subarray(0, at))
  return [
    {
      what: 'body',
      was: `${formatBytes(recorded.bodyBytes)}, line ${line}: ${lineAt(was!, at)}`,
      is: `${formatBytes(sent.bodyBytes)}, line ${line}: ${lineAt(is!, at)}`,
    },
  ]
}

const isWhole = ({ body, bodyBytes }: ComparedAnswer): boolean => body.length === bodyBytes

function startsAlike(one: Buffer, other: Buffer): boolean {
  const length = Math.min(one.length, other.length)
  return one.subarray(0, length).equals(other.subarray(0, length))
}

function firstDifference(one: Buffer, other: Buffer): number {
  const length = Math.min(one.length, other.length)
  for (let at = 0; at < length; at++) if (one[at] !== other[at]) return at
  return length
}

const lineEnd = 10

function countLines(bytes: Buffer): number {
  let count = 0
  for (const byte of bytes) if (byte === lineEnd) count++
  return count
}

const [before, after] = [20, 40] // characters shown of a line, around the first that differs

/** Of the line as much as is told; its end is where that is where the body ends. */
function lineAt(bytes: Buffer, at: number): string {
  const begins = at === 0 ? 0 : bytes.lastIndexOf(lineEnd, at - 1) + 1
  const start = Math.max(at - before, begins)
  const end = bytes.indexOf(lineEnd, at)
  return bytes.toString('utf8', start, Math.min(at + after, end < 0 ? bytes.length : end)) || '(its end)'
}
