import { unlimited } from '../../../src/formats/decode.ts'
import { indented } from '../../../src/view/body/fold.ts'
import type { BodyLine } from '../../../src/view/body/outline.ts'
import type { Render, RenderContext, RenderInput } from '../../../src/view/body/renderer.ts'

/** For a renderer on its own: nothing is nested. */
export const plainContext = (maxLines = 1000): RenderContext => ({ maxLines, allowance: unlimited, nested: () => [] })

export const bytesOf = (body: string | Uint8Array): Uint8Array => (typeof body === 'string' ? Buffer.from(body) : body)

/** The lines of a body as texts with their indentation. */
export function render(
  renderer: Render,
  body: string | Uint8Array,
  input: Partial<RenderInput> & { readonly maxLines?: number } = {},
): string[] | undefined {
  const { maxLines = 1000, ...rest } = input
  return renderer({ bytes: bytesOf(body), mediaType: '', ...rest }, plainContext(maxLines))?.map(indented)
}

export const texts = (lines: readonly BodyLine[] | undefined): string[] | undefined => lines?.map(indented)

/** Calls the renderer with every beginning of the body and with every byte of it changed in turn. */
export function damage(renderer: Render, body: Uint8Array, input: Partial<RenderInput> = {}): void {
  const maxLines = 50
  const see = (bytes: Uint8Array) => {
    const lines = renderer({ bytes, mediaType: '', ...input }, plainContext(maxLines)) ?? []
    for (const { text } of lines)
      if (/[\x00-\x1f\x7f-\x9f\u202e\u2028]/.test(text)) throw new Error(`not printable: ${text}`)
    if (lines.length > maxLines + 8) throw new Error(`${lines.length} lines`)
  }
  const step = Math.max(1, Math.floor(body.length / 400))
  for (let end = 0; end <= body.length; end += step) see(body.subarray(0, end))
  for (let at = 0; at < body.length; at += step)
    for (const value of [0x00, 0xff, 0x1b, body[at]! ^ 0x80]) {
      const changed = Uint8Array.from(body)
      changed[at] = value
      see(changed)
    }
}
