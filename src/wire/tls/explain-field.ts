import type { Explain, Explanation } from '../explanation.ts'

/**
 * The text that fits a field best: `message` is the message's name, `path` the names of the fields from the top of the
 * message down to it. Falls back from the field to what holds it, and to the message itself.
 */
export function explainField(explain: Explain, message: string, path: readonly string[]): Explanation | undefined {
  for (const key of candidates(message, path)) {
    const found = explain(key)
    if (found) return found
  }
  return undefined
}

function* candidates(message: string, path: readonly string[]): Generator<string> {
  const name = path.at(-1)
  if (name === undefined) return yield message
  const extension = extensionIn(path)
  if (extension === undefined) yield `${message}.${name}`
  else if (extension !== name) yield `extension.${extension}.${name}`
  else yield `extension.${name}`
  // What is inside a compressed certificate is a certificate.
  if (message === 'compressed_certificate') yield `certificate.${name}`
  yield `field.${name}`
  if (name.endsWith('_length')) yield 'field.of_length'
  if (extension !== undefined) yield `extension.${extension}`
  yield* candidates(message, path.slice(0, -1))
}

/** The name of the extension that a field is in: the one right below the innermost list of extensions of the message. */
function extensionIn(path: readonly string[]): string | undefined {
  const at = path.indexOf('extensions')
  return at < 0 ? undefined : path[at + 1]
}
