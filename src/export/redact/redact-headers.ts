import type { Header } from '../../model/exchange.ts'
import { redactText } from './redact-text.ts'
import { type RedactionRules, redactedWord, type Told } from './redaction.ts'
import { isSecretName } from './secret-names.ts'

/** Headers without their secrets: cookies keep their names, credentials their scheme. */
export const redactHeaders = (
  headers: readonly Header[],
  rules: RedactionRules,
  where: string,
  told: Told,
): readonly Header[] => headers.map(([name, value]) => [name, redactValue(name, value, rules, where, told)])

function redactValue(name: string, value: string, rules: RedactionRules, where: string, told: Told): string {
  const key = name.trim().toLowerCase()
  if (rules.keep.has(key) || value.trim() === '') return value
  if (key === 'cookie')
    return value
      .split(';')
      .map(pair => cookie(pair, rules, where, told))
      .join(';')
  if (key === 'set-cookie') {
    const [pair = '', ...attributes] = value.split(';')
    return [cookie(pair, rules, where, told), ...attributes].join(';')
  }
  if (key.endsWith('authorization')) {
    told(key, where)
    return value.replace(/^(\s*[\w-]{1,32}[ \t]+)?[\s\S]*$/, `$1${redactedWord}`)
  }
  if (isSecretName(key, 'header', rules)) {
    told(key, where)
    return redactedWord
  }
  return redactText(value, rules, where, told)
}

/** The value of a pair; what has no `=` is a value without a name (RFC 6265bis 5.6). */
function cookie(pair: string, { keep }: RedactionRules, where: string, told: Told): string {
  const equals = pair.indexOf('=')
  const name = pair.slice(0, Math.max(0, equals))
  if (pair.trim() === '' || pair.slice(equals + 1).trim() === '' || keep.has(name.trim().toLowerCase())) return pair
  told(equals < 0 ? 'cookie' : `cookie ${name.trim()}`, where)
  return equals < 0 ? redactedWord : `${name}=${redactedWord}`
}
