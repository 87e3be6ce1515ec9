export interface ContentType {
  /** Without parameters, in lower case; empty where there was none. */
  readonly mediaType: string
  readonly charset?: string
  /** Delimiter of a multipart body. */
  readonly boundary?: string
}

/** Name and value as they stood on the wire. */
type Header = readonly [name: string, value: string]

/** Media type, charset and boundary of a Content-Type header (RFC 9110 8.3). */
export function readContentType(header = ''): ContentType {
  const mediaType = header.split(';', 1)[0]!.trim().toLowerCase()
  const parameters = readParameters(header.slice(header.indexOf(';') + 1 || header.length))
  const charset = parameters.get('charset')
  const boundary = parameters.get('boundary')
  return { mediaType, ...(charset !== undefined && { charset }), ...(boundary !== undefined && { boundary }) }
}

/** Parameters by lower-case name, quotes and backslashes undone (RFC 9110 5.6.6). The first of a name counts. */
export function readParameters(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const piece of splitOutsideQuotes(text.slice(0, 16_384), ';')) {
    const equals = piece.indexOf('=')
    if (equals < 0) continue
    const name = piece.slice(0, equals).trim().toLowerCase()
    if (name !== '' && !found.has(name)) found.set(name, unquote(piece.slice(equals + 1).trim()))
  }
  return found
}

/** Splits at the character where it stands outside of double quotes. */
export function splitOutsideQuotes(text: string, at: string): readonly string[] {
  const pieces: string[] = []
  let from = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted && c === '\\') i++
    else if (c === '"') quoted = !quoted
    else if (c === at && !quoted) {
      pieces.push(text.slice(from, i))
      from = i + 1
    }
  }
  return [...pieces, text.slice(from)]
}

const unquote = (value: string): string =>
  value.startsWith('"') ? value.slice(1, value.endsWith('"') ? -1 : undefined).replace(/\\(.)/g, '$1') : value

/** The values of a header, one for each line of it. The name in lower case. */
export const headerValues = (headers: readonly Header[], wanted: string): readonly string[] =>
  headers.filter(([name]) => name.trim().toLowerCase() === wanted).map(([, value]) => value)

/** The same joined with commas; undefined where the header is absent. */
export function headerValue(headers: readonly Header[], wanted: string): string | undefined {
  const values = headerValues(headers, wanted)
  return values.length > 0 ? values.join(', ') : undefined
}
