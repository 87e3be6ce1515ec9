import { renderForm } from './form.ts'
import { renderHex } from './hex.ts'
import { renderImage } from './image.ts'
import { renderJson } from './json.ts'
import type { Render, RenderInput } from './renderer.ts'
import { renderText } from './text.ts'

export interface Rendered {
  readonly kind: string
  readonly lines: readonly string[]
}

interface Choice {
  readonly kind: string
  readonly render: Render
  readonly fits: (input: RenderInput) => boolean
}

const isJson = (type: string) => /^(application|text)\/json$|\+json$/.test(type)
const isText = (type: string) =>
  /^text\/|^application\/(javascript|ecmascript|xml|graphql|sql|toml|yaml|x-yaml|x-ndjson)$|\+xml$/.test(type)
const firstByte = (bytes: Uint8Array) => bytes.find(byte => byte > 0x20)
const looksJson = (bytes: Uint8Array) => [0x7b, 0x5b].includes(firstByte(bytes.subarray(0, 64)) ?? 0)

/** In order of preference; the last fits anything. */
const choices: readonly Choice[] = [
  { kind: 'image', render: renderImage, fits: ({ mediaType }) => !isText(mediaType) && !isJson(mediaType) },
  { kind: 'json', render: renderJson, fits: ({ mediaType, bytes }) => isJson(mediaType) || looksJson(bytes) },
  { kind: 'form', render: renderForm, fits: ({ mediaType }) => mediaType === 'application/x-www-form-urlencoded' },
  { kind: 'text', render: renderText, fits: ({ mediaType, bytes }) => isText(mediaType) || looksText(bytes) },
  { kind: 'hex', render: renderHex, fits: () => true },
]

/** The renderer that the content type and the bytes ask for, and its lines; hex where nothing else reads them. */
export function renderBody(bytes: Uint8Array, contentType: string | undefined, maxLines = 1000): Rendered {
  const input = { bytes, ...readContentType(contentType) }
  if (bytes.length === 0) return { kind: 'empty', lines: [] }
  for (const { kind, render, fits } of choices) {
    const lines = fits(input) ? render(input, maxLines) : undefined
    if (lines) return { kind, lines }
  }
  return { kind: 'hex', lines: [] }
}

/** Media type and charset of a Content-Type header (RFC 9110 8.3). */
export function readContentType(header = ''): Omit<RenderInput, 'bytes'> {
  const [type = '', ...parameters] = header.split(';')
  const mediaType = type.trim().toLowerCase()
  const charset = parameters.map(p => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/i.exec(p)?.[1]).find(Boolean)
  return charset === undefined ? { mediaType } : { mediaType, charset }
}

/** Valid UTF-8 with almost no control characters in its first kilobytes. */
function looksText(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 4096)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true })
  } catch {
    return false
  }
  const controls = text.match(/[\x00-\x08\x0e-\x1f\x7f]/g)?.length ?? 0
  return controls * 100 <= text.length
}
