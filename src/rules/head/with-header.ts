import type { Header, RequestHead, ResponseHead } from '../../model/exchange.ts'

/**
 * Edits of a head's fields. Order, case and duplicates stay, and a field that is not changed is the same tuple as before;
 * where nothing is to do, the same head comes back. Names are compared without case. In HTTP/2 new names are lower case.
 */
export type Head = RequestHead | ResponseHead

/** The first field of this name has this value, where it stood; others of the name go; where there is none, it is added. */
export function withHeader<H extends Head>(head: H, name: string, value: string): H {
  const at = head.headers.findIndex(([each]) => isNamed(each, name))
  if (at < 0) return addHeader(head, name, value)
  const [written, before] = head.headers[at]!
  const kept = head.headers.filter(([each], index) => index <= at || !isNamed(each, name))
  if (before === value && kept.length === head.headers.length) return head
  return withHeaders(head, before === value ? kept : kept.with(at, [written, value]))
}

/** One more field at the end, whatever is there. */
export const addHeader = <H extends Head>(head: H, name: string, value: string): H =>
  withHeaders(head, [...head.headers, [cased(head, name), value]])

/** Without all fields of this name. */
export function withoutHeader<H extends Head>(head: H, name: string): H {
  const kept = head.headers.filter(([each]) => !isNamed(each, name))
  return kept.length === head.headers.length ? head : withHeaders(head, kept)
}

/** All fields of the one name have the other, where they stand. */
export function renameHeader<H extends Head>(head: H, name: string, to: string): H {
  const written = cased(head, to)
  if (!head.headers.some(([each]) => isNamed(each, name) && each !== written)) return head
  return withHeaders(
    head,
    head.headers.map(header => (isNamed(header[0], name) ? [written, header[1]] : header)),
  )
}

/** The head with these fields. Its text as it stood on the wire is no longer true. */
export function withHeaders<H extends Head>(head: H, headers: readonly Header[]): H {
  const { raw: _, ...rest } = head
  return { ...rest, headers } as H
}

/** The values of all fields of this name, in order. */
export const valuesOf = (head: Head, name: string): readonly string[] =>
  head.headers.filter(([each]) => isNamed(each, name)).map(([, value]) => value)

/** The value of the first. */
export function firstValue(head: Head, name: string): string | undefined {
  for (const [each, value] of head.headers) if (isNamed(each, name)) return value
  return undefined
}

export const isHttp2 = ({ version }: Head): boolean => version === 'HTTP/2'

const isNamed = (written: string, name: string): boolean =>
  written.length === name.length && (written === name || written.toLowerCase() === name.toLowerCase())

const cased = (head: Head, name: string): string => (isHttp2(head) ? name.toLowerCase() : name)
