import type { Header } from '../../model/exchange.ts'
import type { Arguments } from '../arguments.ts'
import { onWire } from '../arguments.ts'
import { checkField, isConnectionSpecific } from '../check-head.ts'
import { readTemplate } from '../template.ts'
import type { Answer } from '../verdict.ts'
import type { Action, ActionKind, RequestDraft } from './action.ts'
import { typeOfPath, typeOfText } from './content-type.ts'

const mostBody = 8 * 1024 * 1024
const mostFile = 64 * 1024 * 1024

export const mock: ActionKind = {
  name: 'mock',
  usage: "STATUS [BODY] [--header 'NAME: VALUE']... [--body-file FILE]",
  says: 'answer in the place of the server; BODY and VALUE may hold {method}, {host}, {path}, {query.NAME}, {header.NAME}, {body}',
  example: `~u /pay => mock 418 '{"for":"{query.id}"}' --header 'x-mocked: yes'`,
  read(args) {
    const status = args.number('a status from 200 to 599', 200, 599)
    const { body, headers, file } = readParts(args)
    if (bodiless.has(status) && (body || file !== undefined)) args.refuse(`no body: ${status} has none`)
    const template = readTemplate(body ?? '')
    const fields = headers.map(([name, value]) => [name, readTemplate(value)] as const)
    const asksBody = template.asksBody || fields.some(([, value]) => value.asksBody)
    const did = `mock ${status}`
    const answer = async (draft: RequestDraft, read: (path: string) => Promise<Uint8Array>) => {
      const filled = template.fill(draft)
      const bytes = file === undefined ? Buffer.from(filled) : await read(file)
      const type = file === undefined ? typeOfText(filled) : typeOfPath(file)
      const own = fields.map(([name, value]) => checked(name, onWire(value.fill(draft))))
      const typed = bytes.length === 0 || own.some(([name]) => name.toLowerCase() === 'content-type')
      return answerOf(draft, status, [...(typed ? [] : [['content-type', type] as const]), ...own], bytes)
    }
    return {
      did,
      ...(asksBody && { requestBody: mostBody }),
      request: async (draft, { files }) => ({
        type: 'answer',
        answer: await answer(draft, path => files.read(path, mostFile)),
      }),
    }
  },
}

/** RFC 9110 15.3.5, 15.3.6, 15.4.5. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304])

interface Parts {
  readonly body: string | undefined
  readonly headers: readonly Header[]
  readonly file: string | undefined
}

function readParts(args: Arguments): Parts {
  let body: string | undefined
  let file: string | undefined
  const headers: Header[] = []
  while (args.left > 0) {
    if (args.takes('--header')) headers.push(readField(args))
    else if (args.takes('--body-file')) file = args.path('a file')
    else {
      const word = args.word('a body')
      if (body !== undefined) args.refuse("--header 'NAME: VALUE', --body-file FILE or the end")
      body = word
    }
  }
  return { body, headers, file }
}

function readField(args: Arguments): Header {
  const expected = "a header, as 'NAME: VALUE'"
  const text = args.word(expected)
  const [, name = '', value = ''] = /^([^:]*):[ \t]*(.*)$/s.exec(text) ?? []
  if (checkField(name, onWire(value), false) || isConnectionSpecific(name) || name.toLowerCase() === 'content-length')
    args.refuse(`${expected} without CR, LF or NUL, that Parley does not write itself`)
  return [name, value]
}

/** A field whose value comes from the request. Throws where it cannot be sent. */
function checked(name: string, value: string): Header {
  const wrong = checkField(name, value, false)
  if (wrong) throw new Error(wrong)
  return [name, value]
}

/** Names in lower case, as HTTP/2 wants them; to HEAD the answer says how long it would be (RFC 9110 9.3.2). */
export function answerOf({ sent }: RequestDraft, status: number, headers: readonly Header[], body: Uint8Array): Answer {
  const fields =
    sent.version === 'HTTP/2' ? headers.map(([name, value]) => [name.toLowerCase(), value] as const) : headers
  if (sent.method !== 'HEAD') return { status, headers: fields, body }
  return { status, headers: [...fields, ['content-length', String(body.length)]], body: new Uint8Array(0) }
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

export const redirect: ActionKind = {
  name: 'redirect',
  usage: '[301|302|303|307|308] URL',
  says: 'send the client to another URL; URL may hold {host}, {path} and the like; 302 unless told',
  example: '~d old.example => redirect 308 https://new.example{path}',
  read(args) {
    const first = args.word('a status or a URL')
    const isStatus = /^\d+$/.test(first)
    if (isStatus && !redirects.has(Number(first))) args.refuse('301, 302, 303, 307, 308 or a URL')
    const text = isStatus ? args.word('a URL') : first
    if (text === '' || /[^\x21-\x7e]/.test(text)) args.refuse('a URL without white space')
    return redirectTo(isStatus ? Number(first) : 302, text)
  },
}

function redirectTo(status: number, text: string): Action {
  const template = readTemplate(text)
  return {
    did: `redirect to ${text}`,
    ...(template.asksBody && { requestBody: mostBody }),
    request: draft => ({
      type: 'answer',
      answer: answerOf(draft, status, [checked('location', onWire(template.fill(draft)))], new Uint8Array(0)),
    }),
  }
}
