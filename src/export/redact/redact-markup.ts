import { type RedactionRules, redactedWord, type Told } from './redaction.ts'
import { isSecretName } from './secret-names.ts'

const tag = /<([\w:.-]{1,128})(\s[^<>]{0,8192})?>?/g
const attribute = /(?<![\w:.-])([\w:.-]{1,128})(\s{0,4}=\s{0,4})("[^"]*"?|'[^']*'?)/g
const element = /<([\w:.-]{1,128})(\s[^<>]{0,8192})?>(<!\[CDATA\[(?:[^\]]|\](?!\]>))*|[^<]+)/g
const naming = new Set(['name', 'id', 'key', 'property', 'itemprop'])
const valued = new Set(['value', 'content'])

/**
 * A text without the secrets of XML and HTML: what stands in elements and attributes whose names say it, and the value of an
 * `<input>` or `<meta>` whose `name` does.
 */
export function redactMarkup(text: string, rules: RedactionRules, where: string, told: Told): string {
  if (!text.includes('<')) return text
  const isSecret = (name: string): boolean => isSecretName(name, 'member', rules)
  return text
    .replace(element, (whole, name: string, _attributes, value: string) => {
      const plain = value.replace(/^<!\[CDATA\[/, '')
      if (plain.trim() === '' || plain === redactedWord || !isSecret(name)) return whole
      told(`element ${name}`, where)
      return whole.slice(0, whole.length - plain.length) + redactedWord
    })
    .replace(tag, (whole, name: string, attributes: string | undefined) => {
      if (!attributes) return whole
      const isNamed = isSecret(name) || isNamedSecret(attributes, isSecret)
      return whole.replace(attribute, (all, key: string, between: string, value: string) => {
        const secret = isSecret(key) || (isNamed && valued.has(key.toLowerCase()))
        const bare = unquoted(value)
        if (!secret || bare === '' || bare === redactedWord) return all
        told(`attribute ${key}`, where)
        return `${key}${between}${value[0]}${redactedWord}${value[0]}`
      })
    })
}

const unquoted = (value: string): string => value.replace(/^["']|["']$/g, '')

const isNamedSecret = (attributes: string, isSecret: (name: string) => boolean): boolean =>
  [...attributes.matchAll(attribute)].some(
    ([, key = '', , value = '']) => naming.has(key.toLowerCase()) && isSecret(unquoted(value)),
  )
