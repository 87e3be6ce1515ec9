import { redactText } from '../export/redact/redact-text.ts'
import { defaultRules, redactedWord } from '../export/redact/redaction.ts'
import { isSecretName } from '../export/redact/secret-names.ts'

const silent = (): void => {}

/** A text without what looks like a secret. */
const maskText = (text: string): string => redactText(text, defaultRules, '', silent)

/**
 * A value of JSON without what looks like a secret: of headers, which are pairs of name and value, of what differs in a
 * header, and in every text. Captures come without their secrets already; this is for what never was in one.
 */
export function mask(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return isSecretPair(value) ? [value[0], redactedWord] : value.map(mask)
  const named = value as Readonly<Record<string, unknown>>
  const secret = typeof named.what === 'string' && isSecretHeader(named.what.replace(/^header /, ''))
  return Object.fromEntries(
    Object.entries(named).map(([name, member]) => [
      name,
      secret && (name === 'was' || name === 'is') ? redactedWord : mask(member),
    ]),
  )
}

const isSecretHeader = (name: string): boolean => isSecretName(name.toLowerCase(), 'header', defaultRules)

const isSecretPair = (value: readonly unknown[]): boolean =>
  value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'string' && isSecretHeader(value[0])
