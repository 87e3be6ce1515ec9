/** What a renderer is handed: content codings already undone. */
export interface RenderInput {
  readonly bytes: Uint8Array
  /** The media type without parameters, in lower case; empty where there was none. */
  readonly mediaType: string
  readonly charset?: string
}

/** Lines to show, printable, without line ends. Undefined where the bytes are not what the renderer reads. */
export type Render = (input: RenderInput, maxLines: number) => readonly string[] | undefined

/** Renderers of text look at this many bytes at most. */
export const mostTextBytes = 4 * 1024 * 1024

/** The text in its charset, UTF-8 where it is unknown. Bytes that do not fit become U+FFFD. */
export function textOf({ bytes, charset }: RenderInput): string {
  const head = bytes.subarray(0, mostTextBytes)
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(head)
  } catch {
    return new TextDecoder().decode(head)
  }
}

/** The first lines, with a last one that says how many were left out. */
export function firstLines(lines: readonly string[], maxLines: number): readonly string[] {
  if (lines.length <= maxLines) return lines
  const kept = Math.max(0, maxLines - 1)
  return [...lines.slice(0, kept), `… ${lines.length - kept} more lines`]
}
