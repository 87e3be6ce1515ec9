import type { Held } from '../../model/held.ts'
import { keepLast } from '../kept.ts'
import { bodyOf, type EditableBody } from './body.ts'
import { type Draft, headOf, urlOf } from './draft.ts'

/** One row of a held message: what can be edited by itself. */
export type Row =
  | { readonly part: 'method' | 'url' | 'status'; readonly value: string }
  /** `index` counts all headers, pseudo-headers too. */
  | { readonly part: 'header'; readonly index: number; readonly name: string; readonly value: string }
  /** A line of the body's text, from 0. */
  | { readonly part: 'line'; readonly line: number; readonly value: string }
  /** What is said of a body that cannot be edited here. */
  | { readonly part: 'note'; readonly value: string }

const mostText = 256 * 1024 // characters: a longer body is for an editor

/** The message as it would go on, a row a part. */
export const rowsOf = (held: Held, draft: Draft): readonly Row[] =>
  keepLast(
    held,
    'rows of a held message',
    last => last.draft === draft,
    () => ({ draft, rows: [...headRows(held, draft), ...bodyRows(held, bodyOf(held, draft))] }),
  ).rows

function headRows(held: Held, draft: Draft): readonly Row[] {
  const head = headOf(held, draft)
  if (!head) return []
  const start: readonly Row[] =
    'method' in head
      ? [{ part: 'method', value: head.method }, ...(head.path.startsWith('/') ? [urlRow(urlOf(head))] : [])]
      : [{ part: 'status', value: head.reason === '' ? String(head.status) : `${head.status} ${head.reason}` }]
  const headers = head.headers.flatMap(([name, value], index): readonly Row[] =>
    name.startsWith(':') ? [] : [{ part: 'header', index, name, value }],
  )
  return [...start, ...headers]
}

const urlRow = (value: string): Row => ({ part: 'url', value })

function bodyRows(held: Held, body: EditableBody | undefined): readonly Row[] {
  const note = (value: string): readonly Row[] => [{ part: 'note', value }]
  if (!body)
    return held.what === 'response' || isWithBody(held.request.headers)
      ? note('The body is not held: it streams behind the head, or is too large.')
      : []
  if (body.coded !== undefined) return note(`The body stays in its content coding: ${body.coded}.`)
  if (body.text === undefined) return note(`The body is ${body.bytes.length} bytes that are no text.`)
  if (body.text.length > mostText) return note(`The body is ${body.text.length} characters of text.`)
  return body.text.split('\n').map((value, line) => ({ part: 'line', line, value }))
}

const isWithBody = (headers: readonly (readonly [string, string])[]): boolean =>
  headers.some(([name, value]) => /^(content-length|transfer-encoding)$/i.test(name) && value.trim() !== '0')

/** The body's text with another line. */
export const withLine = (text: string, line: number, value: string): string =>
  text.split('\n').with(line, value).join('\n')
