/** Writes text as bytes of one charset; undefined where it holds what that charset has not. */
export type TextEncoding = (text: string) => Uint8Array | undefined

/** By the WHATWG name of a charset; undefined for one that keeps a state between its characters, and for unknown ones. */
export function textEncoding(charset: string): TextEncoding | undefined {
  const encoding = nameOf(charset)
  if (encoding === undefined || stateful.has(encoding)) return undefined
  return Object.hasOwn(unicode, encoding) ? unicode[encoding] : text => encodeByTable(text, tableOf(encoding))
}

const stateful: ReadonlySet<string> = new Set(['iso-2022-jp', 'replacement', 'x-user-defined'])

const unicode: Readonly<Record<string, TextEncoding>> = {
  'utf-8': text => (text.isWellFormed() ? Buffer.from(text, 'utf8') : undefined),
  'utf-16le': text => Buffer.from(text, 'utf16le'),
  'utf-16be': text => Buffer.from(text, 'utf16le').swap16(),
}

type Table = ReadonlyMap<string, readonly number[]>

const tables = new Map<string, Table>()

/** The bytes of each character of one or two bytes, by asking the decoder for them all. */
function tableOf(encoding: string): Table {
  const known = tables.get(encoding)
  if (known) return known
  const table = new Map<string, readonly number[]>()
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  const leads = learn(table, decoder, [], 0)
  for (const lead of leads) learn(table, decoder, [lead], 0x30)
  tables.set(encoding, table)
  return table
}

/** Adds what each byte after `before` makes one character of, the first that does counts; the bytes that make none. */
function learn(table: Map<string, readonly number[]>, decoder: TextDecoder, before: readonly number[], from: number) {
  const others: number[] = []
  for (let byte = from; byte < 0x100; byte++) {
    const bytes = [...before, byte]
    const character = decodeOne(decoder, bytes)
    if (character === undefined) others.push(byte)
    else if (!table.has(character)) table.set(character, bytes)
  }
  return others
}

function decodeOne(decoder: TextDecoder, bytes: readonly number[]): string | undefined {
  try {
    const text = decoder.decode(Uint8Array.from(bytes))
    return [...text].length === 1 ? text : undefined
  } catch {
    return undefined
  }
}

function encodeByTable(text: string, table: Table): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length * 2)
  let length = 0
  for (const character of text) {
    const found = table.get(character)
    if (!found) return undefined
    for (const byte of found) bytes[length++] = byte
  }
  return bytes.subarray(0, length)
}

function nameOf(charset: string): string | undefined {
  try {
    return new TextDecoder(charset).encoding
  } catch {
    return undefined
  }
}
