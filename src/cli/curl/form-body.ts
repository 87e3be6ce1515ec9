/** One field of multipart/form-data; bytes in latin1. */
export interface FormPart {
  readonly name: string
  readonly content: string
  readonly type?: string
}

/** `name=content`, with `;type=…` behind it unless it is `literal`; undefined where it is a file, or no field. */
export function formPart(text: string, literal = false): FormPart | undefined {
  const equals = text.indexOf('=')
  if (equals < 1) return undefined
  const [name, content] = [text.slice(0, equals), text.slice(equals + 1)]
  if (literal) return { name, content }
  if (content.startsWith('@') || content.startsWith('<')) return undefined
  const typed = /^(.*);\s*type=([^;\r\n]+)$/s.exec(content)
  return typed ? { name, content: typed[1]!, type: typed[2]! } : { name, content }
}

/** RFC 7578: the parts between a boundary that none of them has. */
export function formBody(parts: readonly FormPart[]): { readonly type: string; readonly body: Uint8Array } {
  let boundary = 'parley-form'
  while (parts.some(({ content }) => content.includes(boundary))) boundary += Math.random().toString(36).slice(2, 8)
  const texts = parts.map(({ name, content, type }) => {
    const typed = type === undefined ? '' : `Content-Type: ${type}\r\n`
    return `--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"\r\n${typed}\r\n${content}\r\n`
  })
  const body = Buffer.from(`${texts.join('')}--${boundary}--\r\n`, 'latin1')
  return { type: `multipart/form-data; boundary=${boundary}`, body }
}

/** As browsers write a name that has a quote or a line end. */
const escaped = (name: string): string => name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
