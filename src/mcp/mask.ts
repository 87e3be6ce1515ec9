const masked = 'REDACTED'

/** A header, parameter or member whose value is a secret by its name. */
const secretWord =
  'pass(?:word|wd|phrase)?|pwd|secret|token|api[-_]?key|apikey|access[-_]?key|private[-_]?key|credential|session(?:[-_]?id)?|csrf|xsrf|auth|otp|signature|sig'
const secretName = new RegExp(`^(?:(?:set-)?cookie2?|(?:proxy-|www-)?authorization|.*(?:${secretWord}).*)$`, 'i')
const longestName = 128

export const isSecretName = (name: string): boolean => name.length <= longestName && secretName.test(name)

/** What is a secret by its shape, or by the name before it; each with what stays. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, masked], // a JSON Web Token, RFC 7519
  [/\b(Bearer|Basic|Digest|Negotiate|NTLM|Token)[ \t]+[\w.~+/=-]{6,}/gi, `$1 ${masked}`],
  [/\b(?:sk|pk|rk)[-_](?:live[-_]|test[-_]|proj-|ant-)?[A-Za-z0-9_-]{16,}/g, masked],
  [/\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeoprs]-[\w-]{10,}|npm_\w{30,})/g, masked],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, masked],
  [/\bAIza[\w-]{30,}/g, masked],
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g, masked],
  [/\b((?:set-)?cookie2?|(?:proxy-)?authorization)([ \t]*[:=][ \t]*)[^\r\n]+/gi, `$1$2${masked}`],
  [
    new RegExp(`(^|[?&;\\s"'])([\\w.[\\]-]{0,64}?(?:${secretWord})[\\w.[\\]-]{0,64}=)[^&\\s;"']+`, 'gi'),
    `$1$2${masked}`,
  ],
  [
    new RegExp(
      `("[^"\\\\]{0,64}?(?:${secretWord})[^"\\\\]{0,64}"\\s{0,8}:\\s{0,8})(?:"(?:[^"\\\\]|\\\\.)*"?|[\\d.]+)`,
      'gi',
    ),
    `$1"${masked}"`,
  ],
]

/** A text without what looks like a secret. */
export const maskText = (text: string): string =>
  shapes.reduce((left, [shape, instead]) => left.replace(shape, instead), text)

/**
 * A value of JSON without what looks like a secret: of headers, which are pairs of name and value, of named members, and in
 * every text. A program's arguments go as well.
 */
export function mask(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return isSecretPair(value) ? [value[0], masked] : value.map(mask)
  const named = value as Readonly<Record<string, unknown>>
  if (typeof named.name === 'string' && typeof named.shown === 'string' && isSecretName(named.name))
    return { ...named, shown: masked, children: [] }
  return Object.fromEntries(
    Object.entries(named).map(([name, member]) => [
      name,
      name === 'command' && typeof member === 'string' ? masked : mask(member),
    ]),
  )
}

const isSecretPair = (value: readonly unknown[]): boolean =>
  value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'string' && isSecretName(value[0])
