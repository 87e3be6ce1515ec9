import { type RedactionRules, redactedWord, type Told } from './redaction.ts'
import { isSecretName } from './secret-names.ts'
import { redactShapes } from './shapes.ts'

/** Texts in which secrets stand, and how they stand there: what comes before the name, between, the value. */
const memberOfJson =
  /("|\\")([\w.$ -]{1,128})\1(\s{0,16}:\s{0,16})(\1(?:[^"\\]|\\(?!")[\s\S])*\1|"(?:[^"\\]|\\[\s\S])*"|-?\d[\d.eE+-]{0,32})/g
const parameter = /([?&;#])([\w.%[\]-]{1,128})=([^&;#\s"'<>\\]+)/g
const element = /<([\w:.-]{1,128})>([^<]{1,4096})<\//g

/**
 * A text without its secrets: those known by their shape, query parameters, members of JSON and elements of XML whose names
 * say it. What is not a secret stays as it was written.
 */
export function redactText(text: string, rules: RedactionRules, where: string, told: Told): string {
  const byName = text
    .replace(parameter, (whole, before: string, name: string, value: string) => {
      if (value === redactedWord || !isSecretName(decoded(name), 'query', rules)) return whole
      told(`parameter ${name}`, where)
      return `${before}${name}=${redactedWord}`
    })
    .replace(memberOfJson, (whole, quote: string, name: string, between: string, value: string) => {
      if (isDone(value) || !isSecretName(name, 'member', rules)) return whole
      told(`member ${name}`, where)
      return `${quote}${name}${quote}${between}${quote}${redactedWord}${quote}`
    })
    .replace(element, (whole, name: string, value: string) => {
      if (value === redactedWord || value.trim() === '' || !isSecretName(name, 'member', rules)) return whole
      told(`element ${name}`, where)
      return `<${name}>${redactedWord}</`
    })
  return redactShapes(
    byName,
    () => redactedWord,
    what => told(what, where),
  )
}

/** Nothing is in it, or nothing any more. */
const isDone = (value: string): boolean => ['', redactedWord].includes(value.replace(/^\\?"|\\?"$/g, ''))

/** The fields of a form. */
export const redactForm = (text: string, rules: RedactionRules, where: string, told: Told): string =>
  redactText(`&${text}`, rules, where, told).slice(1)

const part = /(\bname="([^"\r\n]{1,128})"[^\r\n]{0,256}\r?\n(?:[^\r\n]{1,512}\r?\n){0,8}\r?\n)([^\r\n]+)/gi

/** The fields of a form in parts (RFC 7578), those of one line. */
export const redactParts = (text: string, rules: RedactionRules, where: string, told: Told): string =>
  redactText(
    text.replace(part, (whole, before: string, name: string) => {
      if (!isSecretName(name, 'query', rules)) return whole
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
