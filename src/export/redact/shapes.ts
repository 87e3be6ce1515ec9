/** A secret that is known by how it is written, wherever it stands. */
interface Shape {
  readonly what: string
  readonly pattern: RegExp
}

// Each begins where no word goes on, and takes the whole word: a long text is passed once, whatever is in it.
const shapes: readonly Shape[] = [
  { what: 'JWT', pattern: /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){0,3}/g },
  { what: 'bearer token', pattern: /(?<=(?<![\w-])bearer[ \t]{1,8})[\w\-.~+/]{16,}={0,2}/gi },
  { what: 'basic credentials', pattern: /(?<=(?<![\w-])basic[ \t]{1,8})[\w+/]{16,}={0,2}/gi },
  { what: 'AWS key', pattern: /(?<![\w-])(?:AKIA|ASIA)[A-Z0-9]{16}(?![\w-])/g },
  { what: 'API key', pattern: /(?<![\w-])(?:sk|rk|pk)[-_](?:live|test|proj|ant|or|svcacct)?[-_]?[\w-]{20,}/g },
  { what: 'GitHub token', pattern: /(?<![\w-])(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{22,})/g },
  { what: 'GitLab token', pattern: /(?<![\w-])gl(?:pat|dt|rt|ptt|cbt)-[\w-]{16,}/g },
  { what: 'Slack token', pattern: /(?<![\w-])xox[abeoprs]-[\w-]{10,}/g },
  { what: 'Google key', pattern: /(?<![\w-])(?:AIza[\w-]{35}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,})/g },
  { what: 'npm token', pattern: /(?<![\w-])npm_[A-Za-z0-9]{30,}/g },
  {
    what: 'private key',
    pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]{1,32768}-----END [A-Z ]{0,40}PRIVATE KEY-----/g,
  },
  { what: 'password in a URL', pattern: /(?<=:\/\/[^\s/?#@:"'<>\\]{0,128}:)[^\s/?#@"'<>\\]{1,256}(?=@)/g },
]

/** Puts `word` in the place of every secret that is known by its shape. */
export function redactShapes(text: string, word: (secret: string) => string, found: (what: string) => void): string {
  let redacted = text
  for (const { what, pattern } of shapes)
    redacted = redacted.replace(pattern, secret => {
      found(what)
      return word(secret)
    })
  return redacted
}
