import type { Header } from '../../model/exchange.ts'

/** What a script gave back is not what its place takes. */
export class ScriptResultError extends Error {
  constructor(member: string, expected: string) {
    super(`the script gave back a ${member} that is not ${expected}`)
  }
}

/** The members of a result, of which it has no others. */
export function membersOf<Name extends string>(
  result: unknown,
  names: readonly Name[],
): Partial<Record<Name, unknown>> {
  if (typeof result !== 'object' || result === null) throw new ScriptResultError('result', 'an object, or nothing')
  const other = Object.keys(result).find(name => !names.includes(name as Name))
  if (other !== undefined) throw new ScriptResultError('result', `made of ${names.join(', ')}: it has ${other}`)
  return result
}

export function isStatus(status: unknown): number {
  if (!Number.isInteger(status) || (status as number) < 200 || (status as number) > 599)
    throw new ScriptResultError('status', 'a whole number from 200 to 599')
  return status as number
}

export function isBody(body: unknown): string | Uint8Array {
  if (typeof body === 'string' || body instanceof Uint8Array) return body
  throw new ScriptResultError('body', 'a text or a Uint8Array')
}

const isPair = (header: unknown): header is Header =>
  Array.isArray(header) && header.length === 2 && header.every(part => typeof part === 'string')

/** Pairs without pseudo-headers, which follow method, URL and status. */
export function isHeaders(headers: unknown): readonly Header[] {
  if (!Array.isArray(headers) || !headers.every(isPair))
    throw new ScriptResultError('headers', 'a list of [name, value]')
  if (headers.some(([name]) => name.startsWith(':')))
    throw new ScriptResultError('headers', 'free of pseudo-headers: give method, url or status')
  return headers
}
