import { headerValue, readContentType } from '../../formats/content-type.ts'
import { codingsOf, decodeBody } from '../../formats/decode.ts'
import { encodeBody } from '../../formats/encode.ts'
import { textEncoding } from '../../formats/encode-text.ts'
import { replaceInJson } from '../../formats/json-edit.ts'
import type { Header } from '../../model/exchange.ts'
import { readText } from '../../view/json/body-json.ts'
import { redactForm, redactParts, redactText } from './redact-text.ts'
import { type RedactionRules, redactedWord, type Told } from './redaction.ts'
import { redactShapes } from './shapes.ts'

export const mostLookedInto = 64 * 1024 * 1024 // bytes of a body, its content codings undone

/**
 * A body without its secrets, in the codings in which it came; the very bytes where there are none. Undefined where nobody
 * could look into it: what is not known stays here.
 */
export function redactBody(
  bytes: Uint8Array,
  headers: readonly Header[],
  rules: RedactionRules,
  where: string,
  told: Told,
): Uint8Array | undefined {
  const coding = headerValue(headers, 'content-encoding')
  const { bytes: plain, undone } = decodeBody(bytes, coding, { maxBytes: mostLookedInto })
  const known = plain.length <= mostLookedInto && undone.length === codingsOf(coding).length
  const redacted = known || bytes.length === 0 ? redactPlain(plain, headers, rules, where, told) : undefined
  const coded = redacted === plain ? bytes : redacted && encodeBody(redacted, coding, bytes)
  if (!coded) told('body that could not be looked into', where)
  return coded
}

/** The same of bytes without codings. */
export function redactPlain(
  bytes: Uint8Array,
  headers: readonly Header[],
  rules: RedactionRules,
  where: string,
  told: Told,
): Uint8Array | undefined {
  const { charset: named, mediaType } = readContentType(headerValue(headers, 'content-type'))
  const { text, charset } = readText(bytes, named, mediaType, true)
  if (text === undefined || charset === undefined) return redactBinary(bytes, where, told)
  const redacted = redactTyped(text, mediaType, rules, where, told)
  return redacted === text ? bytes : textEncoding(charset)?.(redacted)
}

function redactTyped(text: string, mediaType: string, rules: RedactionRules, where: string, told: Told): string {
  if (mediaType === 'application/x-www-form-urlencoded') return redactForm(text, rules, where, told)
  if (mediaType.startsWith('multipart/')) return redactParts(text, rules, where, told)
  return redactText(byPaths(text, mediaType, rules, where, told), rules, where, told)
}

const jsonWord = JSON.stringify(redactedWord)

/** What the paths lead to; in what is cut or broken, everything that has the name of their last step. */
function byPaths(text: string, mediaType: string, rules: RedactionRules, where: string, told: Told): string {
  const isJson = mediaType.includes('json') || /^\s{0,100}[[{]/.test(text)
  if (!isJson || rules.jsonPaths.length === 0) return text
  try {
    return rules.jsonPaths.reduce((before, path) => {
      const after = replaceInJson(before, path, jsonWord)
      if (after !== before) told('JSON path', where)
      return after
    }, text)
  } catch {
    const names = rules.jsonPaths.flatMap(path => path.filter(({ named }) => named).slice(-1))
    const members = new Set([...rules.members, ...names.map(({ select }) => String(select).toLowerCase())])
    return redactText(text, { ...rules, members }, where, told)
  }
}

/** What is no text keeps its length: other bytes of it may count. */
function redactBinary(bytes: Uint8Array, where: string, told: Told): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const redacted = redactShapes(
    text,
    secret => 'x'.repeat(secret.length),
    what => told(what, where),
  )
  return redacted === text ? bytes : Buffer.from(redacted, 'latin1')
}
