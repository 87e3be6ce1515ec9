import { printableLines } from '../printable.ts'
import { firstLines, mostTextBytes, type Render, textOf } from './renderer.ts'

/**
 * JSON laid out with two spaces. It changes white space alone: numbers, escapes, duplicate keys and order stay as sent,
 * which parsing and writing again would not keep.
 */
export const renderJson: Render = (input, maxLines) => {
  if (input.bytes.length > mostTextBytes) return undefined
  const text = textOf(input)
  try {
    JSON.parse(text)
  } catch {
    return undefined
  }
  return firstLines(printableLines(layOut(text)), maxLines)
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g
const deepest = 200

/** Valid JSON with a line for every member. */
function layOut(json: string): string {
  const parts: string[] = []
  let depth = 0
  let opened = false
  const line = () => `\n${'  '.repeat(Math.min(depth, deepest))}`
  for (const [word] of json.matchAll(token)) {
    const closes = word === '}' || word === ']'
    if (closes) {
      depth--
      if (!opened) parts.push(line())
    } else if (opened) parts.push(line())
    opened = word === '{' || word === '['
    if (opened) depth++
    parts.push(word === ':' ? ': ' : word === ',' ? `,${line()}` : word)
  }
  return parts.join('')
}
