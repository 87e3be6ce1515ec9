import { headerValue, headerValues, readContentType } from '../../formats/content-type.ts'
import { decodeBody, unlimited } from '../../formats/decode.ts'
import type { Header } from '../../model/exchange.ts'
import { formatSize } from '../format.ts'
import { printable } from '../printable.ts'
import { type BodyLine, note } from './outline.ts'
import { renderText } from './plain.ts'
import { type Choice, rank } from './rank.ts'
import type { Call, RenderContext, RenderInput } from './renderer.ts'

/** A body, or its beginning, with its content codings undone. */
export interface Body {
  readonly input: RenderInput
  /** As it came, still coded. */
  readonly raw: Uint8Array
  /** Names of the ways to show it, the best first: `json`, `text`, `raw`, `hex`. */
  readonly kinds: readonly string[]
  /** Codings undone, what went wrong with them, and how much of the body is here; printable, may be empty. */
  readonly note: string
}

export interface BodyView {
  readonly kind: string
  readonly lines: readonly BodyLine[]
}

const mostDecodedBytes = 8 * 1024 * 1024
const mostUnpackedBytes = 64 * 1024 * 1024 // for one view
const deepestNesting = 3

/**
 * Prepares a body to be shown.
 * @param bytes the body as it came, or the first part of it
 * @param headers the head's, for content type and content codings
 * @param wholeLength bytes in the whole body as it came; more than are here where only its beginning was loaded
 */
export function openBody(
  bytes: Uint8Array,
  headers: readonly Header[],
  wholeLength = bytes.length,
  allowance = unlimited,
): Body {
  const cut = wholeLength > bytes.length
  const limits = { maxBytes: mostDecodedBytes, allowance }
  const decoded = decodeBody(bytes, headerValue(headers, 'content-encoding'), limits)
  const [type] = headerValues(headers, 'content-type')
  const coded = decoded.undone.length > 0
  const grpcEncoding = headerValue(headers, 'grpc-encoding')
  const length = cut ? (coded ? undefined : wholeLength) : decoded.bytes.length
  const input = {
    bytes: decoded.bytes,
    ...readContentType(type),
    ...(grpcEncoding !== undefined && { grpcEncoding }),
    cut,
    ...(length !== undefined && { wholeLength: length }),
  }
  const problem = cut && decoded.problem?.endsWith('ends early') ? undefined : decoded.problem
  const remarks = [
    coded && `decoded from ${decoded.undone.join(', ')}`,
    problem,
    cut && `first ${formatSize(bytes.length)}B of ${formatSize(wholeLength)}B shown`,
  ]
  const names = rank(input).map(({ kind }) => kind)
  const at = names.indexOf('hex')
  return {
    input,
    raw: bytes,
    kinds: names.length === 1 ? names : [...names.slice(0, at), 'raw', ...names.slice(at)],
    note: printable(remarks.filter(Boolean).join('; ')),
  }
}

export interface ShowOptions {
  readonly maxLines?: number
  readonly call?: Call
}

/**
 * The lines of a body in one of its `kinds`; without one, or where the body is not what that kind reads, in the best
 * that fits. Never throws.
 */
export function showBody(body: Body, kind?: string, { maxLines = 20_000, call }: ShowOptions = {}): BodyView {
  return show(body, kind, { maxLines, call, allowance: { left: mostUnpackedBytes } }, 0)
}

function show(body: Body, kind: string | undefined, around: Omit<RenderContext, 'nested'>, level: number): BodyView {
  if (body.input.bytes.length === 0 && body.raw.length === 0) return { kind: 'empty', lines: [] }
  const { allowance } = around
  const context: RenderContext = {
    ...around,
    nested: (bytes, headers, most) => {
      if (level === deepestNesting) return [note('…')]
      const inner = openBody(bytes, headers, bytes.length, allowance)
      const { lines } = show(inner, undefined, { maxLines: most, allowance }, level + 1)
      return inner.note === '' ? lines : [note(inner.note), ...lines]
    },
  }
  if (kind === 'raw')
    return { kind, lines: renderText({ bytes: body.raw, mediaType: '', charset: 'utf-8' }, context) ?? [] }
  const choices = rank(body.input)
  const wanted = choices.find(choice => choice.kind === kind)
  for (const choice of wanted ? [wanted, ...choices] : choices) {
    const lines = attempt(choice, body.input, context)
    if (lines) return { kind: choice.kind, lines }
  }
  return { kind: 'hex', lines: [] }
}

/** Renderers do not throw; were one to, its body is still shown in another way. */
function attempt({ render }: Choice, input: RenderInput, context: RenderContext): readonly BodyLine[] | undefined {
  try {
    return render(input, context)
  } catch {
    return undefined
  }
}
