/** One step from a value to values in it; `deep`: in them as well, however far down. */
export interface JsonStep {
  readonly deep: boolean
  /** A member's name, an element's place from 0, or all of either. */
  readonly select: string | number | 'all'
  /** `select` is a name, whatever it says. */
  readonly named: boolean
}

/** A path that cannot be read: at which character, from 0, and what stands there in a path. */
export class JsonPathError extends Error {
  readonly at: number
  constructor(at: number, expected: string) {
    super(`expected ${expected} at character ${at + 1} of the path`)
    this.at = at
  }
}

const mostSteps = 64

const step = /(\.\.|\.)?(?:\[(?:(\d{1,9})|(\*)|('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))\]|(\*)|([^\s.[\]'"*$]+))/uy

/**
 * Reads a part of JSONPath (RFC 9535): `$.name`, `['name']`, `[0]`, `.*`, `[*]`, `..name`, `..[0]`, in any number. Throws
 * JsonPathError.
 */
export function readJsonPath(path: string): readonly JsonStep[] {
  if (path[0] !== '$') throw new JsonPathError(0, '$, the whole body')
  const steps: JsonStep[] = []
  for (let at = 1; at < path.length; at = step.lastIndex) {
    step.lastIndex = at
    const [whole, dots, index, inBrackets, quoted, star, word] = step.exec(path) ?? []
    const isBracket = index !== undefined || inBrackets !== undefined || quoted !== undefined
    if (whole === undefined || (isBracket ? dots === '.' : dots === undefined))
      throw new JsonPathError(at, ".name, ..name, [0], [*] or ['name']")
    if (steps.length >= mostSteps) throw new JsonPathError(at, `no more than ${mostSteps} steps`)
    const deep = dots === '..'
    const name = word ?? (quoted && unquote(quoted))
    if (name !== undefined) steps.push({ deep, select: name, named: true })
    else steps.push({ deep, select: (inBrackets ?? star) ? 'all' : Number(index), named: false })
  }
  return steps
}

const unquote = (quoted: string): string => quoted.slice(1, -1).replace(/\\(.)/gu, '$1')
