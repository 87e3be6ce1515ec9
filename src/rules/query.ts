/**
 * The query of a path (WHATWG URL 5.1): pairs that are not asked for stay as they are written, byte for byte.
 */

/** The decoded value of the first pair of this name. */
export function queryValue(path: string, name: string): string | undefined {
  const pair = splitPath(path).pairs.find(each => nameOf(each) === name)
  return pair === undefined ? undefined : decode(pair.slice(pair.includes('=') ? pair.indexOf('=') + 1 : pair.length))
}

/** The first pair of this name has this value, the others of the name go; where there is none, it is added at the end. */
export function withQuery(path: string, name: string, value: string): string {
  const { before, pairs } = splitPath(path)
  const written = `${encodeURIComponent(name)}=${encodeURIComponent(value)}`
  const at = pairs.findIndex(each => nameOf(each) === name)
  if (at < 0) return joinPath(before, [...pairs, written])
  if (decode(pairs[at]!.replace(/^[^=]*=?/, '')) === value && pairs.filter(each => nameOf(each) === name).length === 1)
    return path
  const kept = pairs.filter((each, index) => index <= at || nameOf(each) !== name)
  return joinPath(before, kept.with(at, written))
}

export function withoutQuery(path: string, name: string): string {
  const { before, pairs } = splitPath(path)
  const kept = pairs.filter(each => nameOf(each) !== name)
  return kept.length === pairs.length ? path : joinPath(before, kept)
}

function splitPath(path: string): { readonly before: string; readonly pairs: readonly string[] } {
  const at = path.indexOf('?')
  if (at < 0) return { before: path, pairs: [] }
  const query = path.slice(at + 1)
  return { before: path.slice(0, at), pairs: query === '' ? [] : query.split('&') }
}

const joinPath = (before: string, pairs: readonly string[]): string =>
  pairs.length === 0 ? before : `${before}?${pairs.join('&')}`

const nameOf = (pair: string): string => decode(pair.includes('=') ? pair.slice(0, pair.indexOf('=')) : pair)

function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}
