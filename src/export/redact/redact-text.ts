import { redactMarkup } from './redact-markup.ts'
import { redactMembers } from './redact-members.ts'
import { type RedactionRules, redactedWord, type Told } from './redaction.ts'
import { isSecretName, type NameOf } from './secret-names.ts'
import { redactShapes } from './shapes.ts'

const parameter = /(^|[?&;#])([\w.%[\]-]{1,128})=([^&;#\s"'<>\\]+)/gm
const mostNested = 4

/**
 * A text without its secrets: those known by their shape, parameters of URLs, members of JSON and what XML and HTML have in
 * elements and attributes, if their names say it. What is not a secret stays as it was written.
 */
export function redactText(text: string, rules: RedactionRules, where: string, told: Told, nested = 0): string {
  const byName = text.replace(parameter, (whole, before: string, name: string, value: string) => {
    const clean = parameterValue(name, value, before === '' ? 'member' : 'query', rules, where, told, nested)
    return clean === value ? whole : `${before}${name}=${clean}`
  })
  return redactShapes(
    redactMarkup(redactMembers(byName, rules, where, told), rules, where, told),
    () => redactedWord,
    what => told(what, where),
  )
}

/** In what is percent-encoded there may be JSON, or another URL. */
function parameterValue(
  name: string,
  value: string,
  of: NameOf,
  rules: RedactionRules,
  where: string,
  told: Told,
  nested: number,
): string {
  if (value === redactedWord || value === '') return value
  if (isSecretName(decoded(name), of, rules)) {
    told(`parameter ${name}`, where)
    return redactedWord
  }
  const plain = nested < mostNested && value.includes('%') ? decoded(value) : value
  if (plain === value) return value
  const clean = redactText(plain, rules, where, told, nested + 1)
  return clean === plain ? value : encodeURIComponent(clean)
}

/** The fields of a form, whatever their values are written with. */
export function redactForm(text: string, rules: RedactionRules, where: string, told: Told): string {
  const fields = text.split('&').map(field => {
    const equals = field.indexOf('=')
    if (equals < 0) return field
    const [name, value] = [field.slice(0, equals), field.slice(equals + 1)]
    return `${name}=${parameterValue(name, value, 'query', rules, where, told, 0)}`
  })
  return redactText(fields.join('&'), rules, where, told)
}

const part =
  /(\bname=(?:"([^"\r\n]{1,128})"|([\w.-]{1,128}))[^\r\n]{0,256}\r?\n(?:[^\r\n]{1,512}\r?\n){0,8}\r?\n)((?:[^\r\n]|\r?\n(?!--)|\r(?!\n))+)/gi

/** The fields of a form in parts (RFC 7578). */
export const redactParts = (text: string, rules: RedactionRules, where: string, told: Told): string =>
  redactText(
    text.replace(part, (whole, before: string, quoted: string | undefined, bare: string | undefined, value: string) => {
      const name = quoted ?? bare ?? ''
      if (value === redactedWord || !isSecretName(name, 'query', rules)) return whole
      told(`field ${name}`, where)
      return `${before}${redactedWord}`
    }),
    rules,
    where,
    told,
  )

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
