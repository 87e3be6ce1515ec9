import type { Header } from '../../model/exchange.ts'
import { bodyText } from './body-text.ts'
import { BodyError, isCoded, openBody } from './open-body.ts'

/** A message whose body is there whole, as on the wire without its framing. */
export interface WithBody {
  readonly head: { readonly headers: readonly Header[] }
  readonly body?: Uint8Array
}

export interface EditOptions {
  /** Content codings are not done again, and no longer named. */
  readonly identity: boolean
  /** Bytes that were asked for, which a body that is absent has more than. */
  readonly most: number
}

/** Gives the very text where there is nothing to do. What it throws is why there cannot be. */
export type EditText = (text: string) => string | Promise<string>

/**
 * Changes the text of a body, in the charset and the content codings that it has. Gives the very message where nothing
 * changes; an empty body has nothing to change. Validators and digests of the whole, such as ETag, are left as they are.
 * Throws BodyError, or rejects with it where the edit takes its time.
 */
export function editBody<Message extends WithBody>(
  message: Message,
  edit: (text: string) => string,
  options: EditOptions,
): Message
export function editBody<Message extends WithBody>(
  message: Message,
  edit: EditText,
  options: EditOptions,
): Message | Promise<Message>
export function editBody<Message extends WithBody>(
  message: Message,
  edit: EditText,
  options: EditOptions,
): Message | Promise<Message> {
  const { head, body } = message
  if (!body) throw new BodyError(`it has more than ${options.most} bytes`)
  if (body.length === 0) return message
  const opened = openBody(head.headers, body)
  const { text, write } = bodyText(head.headers, opened.bytes)
  const mark = text.startsWith('\ufeff') ? '\ufeff' : ''
  const finish = (changed: string): Message => {
    if (mark + changed === text) return message
    const bytes = write(mark + changed)
    if (!options.identity) return { ...message, body: opened.close(bytes) }
    return { ...message, head: withoutCoding(head), body: bytes }
  }
  const changed = edit(text.slice(mark.length))
  return changed instanceof Promise ? changed.then(finish) : finish(changed)
}

/** A head that names no content coding. */
export function withoutCoding<Head extends WithBody['head']>(head: Head): Head {
  if (!isCoded(head.headers)) return head
  return { ...head, headers: head.headers.filter(([name]) => name.trim().toLowerCase() !== 'content-encoding') }
}
