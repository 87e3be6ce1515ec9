import type { Header, RequestHead } from '../model/exchange.ts'

const hidden = 'proxy-authorization'
const hiddenLine = /(\nproxy-authorization[ \t]*:)([^\n]*(?:\n[ \t][^\n]*)*)/gi // folded ones whole

/** The head without what a client says of itself to a proxy (RFC 9110 11.7.2), also where it says that to a server. */
export function maskedHead(head: RequestHead): RequestHead {
  if (!head.headers.some(isHidden)) return head
  const headers = head.headers.map(([name, value]): Header => [name, isHidden([name, value]) ? stars(value) : value])
  if (head.raw === undefined) return { ...head, headers }
  return { ...head, headers, raw: head.raw.replace(hiddenLine, (_, name, value) => name + stars(value)) }
}

const isHidden = ([name]: Header): boolean => name.length === hidden.length && name.toLowerCase() === hidden

const stars = (value: string): string => value.replace(/\S/g, '*')
