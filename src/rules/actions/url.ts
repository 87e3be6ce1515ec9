import { readSubstitution } from '../../filter/substitution.ts'
import type { Arguments } from '../arguments.ts'
import { withPath } from '../head/with-start.ts'
import { withoutQuery, withQuery } from '../query.ts'
import type { Action, ActionKind, RequestDraft } from './action.ts'

export const setPath: ActionKind = {
  name: 'set-path',
  usage: 'PATH',
  says: 'ask for this path, query included',
  example: '~u /old => set-path /new?from=old',
  read(args) {
    const path = urlText(args, 'a path')
    if (!path.startsWith('/')) args.refuse('a path that begins with /')
    return onPath(`set path ${path}`, () => path)
  },
}

export const rewriteUrl: ActionKind = {
  name: 'rewrite-url',
  usage: 'TEXT|/EXPRESSION/ REPLACEMENT',
  says: 'replace text, or what an expression finds, in path and query; $1 is what its first group found',
  example: "~d api.example => rewrite-url '/^\\/v1\\/(.*)/' '/v2/$1'",
  read(args) {
    const wanted = args.word('a text or /expression/ to look for')
    if (wanted === '') args.refuse('a text or /expression/ to look for')
    checkWanted(args, wanted)
    const substitute = readSubstitution(wanted, urlText(args, 'what to put in its place'))
    return onPath(`rewrite URL ${wanted}`, path => substitute(path) ?? path)
  },
}

export const setQuery: ActionKind = {
  name: 'set-query',
  usage: 'NAME VALUE',
  says: 'give a parameter of the query this value',
  example: '~u /search => set-query debug 1',
  read(args) {
    const [name, value] = [queryName(args), args.word('a value')]
    return onPath(`set query ${name}`, path => withQuery(path, name, value))
  },
}

export const removeQuery: ActionKind = {
  name: 'remove-query',
  usage: 'NAME',
  says: 'take a parameter out of the query',
  example: '~all => remove-query utm_source',
  read(args) {
    const name = queryName(args)
    return onPath(`remove query ${name}`, path => withoutQuery(path, name))
  },
}

function queryName(args: Arguments): string {
  const name = args.word("a parameter's name")
  return name === '' ? args.refuse("a parameter's name") : name
}

/** While it is the word that was read last. */
function checkWanted(args: Arguments, wanted: string): void {
  try {
    readSubstitution(wanted, '')
  } catch {
    args.refuse('a regular expression without look-around and back-references')
  }
}

/** Text for a URL: what may not stand there as it is becomes percent-encoded. */
export function urlText(args: Arguments, expected: string): string {
  const text = args.word(expected)
  if (/[\r\n\0]/.test(text)) args.refuse(`${expected} without CR, LF or NUL`)
  return text.replace(/[^\x21-\x7e]+/gu, part => encodeURI(part.toWellFormed()))
}

function onPath(did: string, edit: (path: string) => string): Action {
  return {
    did,
    request(draft: RequestDraft) {
      const path = edit(draft.head.path)
      if (path === draft.head.path) return draft
      if (!path.startsWith('/')) throw new Error(`the path would not begin with /, but be ${JSON.stringify(path)}`)
      const head = withPath(draft.head, path)
      return head === draft.head ? draft : { ...draft, head }
    },
  }
}
