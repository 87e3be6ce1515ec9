import { isToken } from './token.ts'

/** A head that somebody wants to write: HTTP/1 has a reason and a target, HTTP/2 pseudo-headers among its fields. */
export interface WantedHead {
  readonly method?: string
  readonly target?: string
  readonly reason?: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/**
 * What keeps a head from being written, with its place: a name or method that is no token, a character that would end a
 * line or a field (CR, LF, NUL), one that is none of latin1, white space in the target. Undefined where it may be.
 */
export function writtenFault({ method, target, reason, headers }: WantedHead): string | undefined {
  if (method !== undefined && !isToken(method)) return `the method ${quoted(method)} is no token (RFC 9110 9.1)`
  const inTarget = target === undefined ? undefined : (wrongCharacter(target) ?? blankIn(target))
  if (inTarget) return `the request target has ${inTarget}`
  if (target === '') return 'the request target is empty'
  const inReason = reason === undefined ? undefined : wrongCharacter(reason)
  if (inReason) return `the reason has ${inReason}`
  for (const [at, [name, value]] of headers.entries()) {
    const place = `field ${at + 1}`
    if (!isToken(name, name.startsWith(':') ? 1 : 0))
      return `${place}: the name ${quoted(name)} is no token (RFC 9110 5.1)`
    const wrong = wrongCharacter(value)
    if (wrong) return `${place}, ${name}: its value has ${wrong}`
  }
  return undefined
}

const names: Readonly<Record<number, string>> = { 0: 'NUL', 10: 'LF', 13: 'CR' }

function wrongCharacter(text: string): string | undefined {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const what = names[code] ?? (code > 255 ? quoted(text[at]!) : undefined)
    if (what) return `${what} as its character ${at + 1}`
  }
  return undefined
}

function blankIn(text: string): string | undefined {
  for (let at = 0; at < text.length; at++)
    if (text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 127)
      return `white space or a control character as its character ${at + 1}`
  return undefined
}

const quoted = (text: string): string => JSON.stringify(text.slice(0, 60))
