export interface ProtoToken {
  readonly text: string
  readonly line: number
  readonly quoted: boolean
}

const pattern =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|\.?[A-Za-z_][\w.]*|[-+]?\d[\w.+]*|[^\s]/g

/** The words and signs of a .proto file, without its comments. */
export function protoTokens(text: string): ProtoToken[] {
  const tokens: ProtoToken[] = []
  let line = 1
  let counted = 0
  for (const match of text.matchAll(pattern)) {
    for (; counted < match.index; counted++) if (text.charCodeAt(counted) === 10) line++
    const [word] = match
    if (word.startsWith('//') || word.startsWith('/*')) continue
    const quoted = word.length > 1 && (word[0] === '"' || word[0] === "'")
    tokens.push({ text: quoted ? word.slice(1, -1) : word, line, quoted })
  }
  return tokens
}
