import { BinaryReader } from '../../formats/binary-reader.ts'
import { MalformedError } from '../../wire/reader.ts'
import { type BodyLine, note, Outline } from './outline.ts'
import { isCut, mostTextBytes, type RenderContext, type RenderInput } from './renderer.ts'
import { ValueLines } from './value-lines.ts'

/** Reads one value and writes its lines; throws MalformedError where the bytes do not follow the format. */
export type ReadValue = (reader: BinaryReader, lines: ValueLines) => void

/**
 * Values of a binary format one after the other, as far as they go; a first line says where they stop. Undefined where
 * not even the first can be read.
 */
export function renderValues(
  format: string,
  input: RenderInput,
  { maxLines }: RenderContext,
  read: ReadValue,
): readonly BodyLine[] | undefined {
  const reader = new BinaryReader(input.bytes.subarray(0, mostTextBytes))
  const outline = new Outline(maxLines)
  const lines = new ValueLines(outline)
  let values = 0
  try {
    for (; reader.left > 0; values++) read(reader, lines)
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    if (isCut(input)) return outline.finish()
    return values === 0 && reader.at < 2
      ? undefined
      : [note(`not ${format}: ${error.message}`, 'bad'), ...outline.finish()]
  }
  return values > 0 ? outline.finish() : undefined
}
