import type { Header } from '../../model/exchange.ts'
import type { Held } from '../../model/held.ts'
import { checkField } from '../../rules/check-head.ts'
import { type Head, withHeaders } from '../../rules/head/with-header.ts'
import { bodyOf, editText } from './body.ts'
import { type Draft, editMethod, editStatus, editUrl, headOf, isRefused, type Refused, refuse, urlOf } from './draft.ts'
import { forEditing, fromTyped } from './typed.ts'

/** The message as one text: how it starts, a header a line, an empty line, and the body where it is text. */
export function wholeText(held: Held, draft: Draft): string | undefined {
  const head = headOf(held, draft)
  if (!head) return bodyOf(held, draft)?.text
  const lines = ownHeaders(head.headers).map(([name, value]) => `${name}: ${value}`)
  return [...[startOf(head), ...lines].map(forEditing), '', bodyOf(held, draft)?.text ?? ''].join('\n')
}

const startOf = (head: Head): string =>
  'method' in head
    ? `${head.method} ${head.path.startsWith('/') ? urlOf(head) : head.target}`
    : `${head.status} ${head.reason}`.trimEnd()

const ownHeaders = (headers: readonly Header[]): readonly Header[] => headers.filter(([name]) => !name.startsWith(':'))

/** The draft that an edited text says. What cannot be read is told with its line. */
export function readWholeText(held: Held, draft: Draft, text: string): Draft | Refused {
  const head = headOf(held, draft)
  if (!head) return editText(held, draft, text)
  const lines = text.split('\n')
  const end = lines.findIndex(line => line.trim() === '')
  const [start = '', ...fields] = (end < 0 ? lines : lines.slice(0, end)).map(line => line.replace(/\r$/, ''))
  const headers: Header[] = []
  for (const [index, line] of fields.entries()) {
    const header = readField(line, ownHeaders(head.headers)[index])
    const wrong = 'refused' in header ? header.refused : checkField(header[0], header[1], head.version === 'HTTP/2')
    if (wrong !== undefined) return refuse(`line ${index + 2}: ${wrong}`)
    headers.push(header as Header)
  }
  const started = start === forEditing(startOf(head)) ? draft : readStart(held, draft, fromTyped(start))
  if (isRefused(started)) return refuse(`line 1: ${started.refused}`)
  const isSame = JSON.stringify(headers) === JSON.stringify(ownHeaders(head.headers))
  const fielded = isSame ? started : withFields(held, started, headers)
  const body = end < 0 ? '' : lines.slice(end + 1).join('\n')
  return bodyOf(held, draft)?.text === undefined ? fielded : editText(held, fielded, body)
}

function readField(line: string, before: Header | undefined): Header | Refused {
  const colon = line.indexOf(':')
  if (colon <= 0) return refuse('a header is NAME: VALUE')
  const [name, value] = [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
  return before?.[0] === name ? [name, fromTyped(value, before[1])] : [name, fromTyped(value)]
}

function readStart(held: Held, draft: Draft, start: string): Draft | Refused {
  if (held.what === 'response') return editStatus(held, draft, start)
  const [method = '', url = '', ...more] = start.trim().split(/ +/)
  if (more.length > 0 && !more[0]!.startsWith('HTTP/')) return refuse('a request starts with METHOD URL')
  const named = editMethod(held, draft, method)
  if (isRefused(named)) return named
  const head = headOf(held, named)
  if (head && 'method' in head && !head.path.startsWith('/'))
    return url === forEditing(head.target) ? named : refuse('the target of this request cannot be edited')
  return head && 'method' in head && urlOf(head) === url ? named : editUrl(held, named, url)
}

/** With other headers than before; else they stay what the new start made of them, with its Host. */
function withFields(held: Held, draft: Draft, fields: readonly Header[]): Draft {
  const head = headOf(held, draft)!
  const pseudo = head.headers.filter(([name]) => name.startsWith(':'))
  const changed = withHeaders(head, [...pseudo, ...fields])
  return 'method' in changed ? { ...draft, request: changed } : { ...draft, response: changed }
}
