import { type SseEvent, SseReader } from '../../formats/sse.ts'
import { printableLines } from '../printable.ts'
import { type BodyLine, Outline } from './outline.ts'
import type { Render } from './renderer.ts'

/** The events of a body, whole or still coming, as foldable lines; data that is JSON is drawn as such. */
export const renderSse: Render = ({ bytes }, { maxLines, nested }) => {
  const reader = new SseReader()
  reader.push(bytes)
  const outline = new Outline(maxLines)
  for (const [index, event] of reader.events.entries()) eventLines(outline, event, `#${index + 1} `, nested)
  if (reader.partial) eventLines(outline, reader.partial, '… ', nested)
  return outline.finish()
}

type Nested = Parameters<Render>[1]['nested']

function eventLines(outline: Outline, event: SseEvent, number: string, nested: Nested): void {
  const { id, retry, data, comments, dispatched } = event
  const notes = [id !== undefined && `id ${id}`, retry !== undefined && `retry ${retry} ms`].filter(Boolean)
  const named = dispatched || event.event !== 'message' ? event.event : 'no event'
  outline.open([
    { text: number, tone: 'dim' },
    { text: named, tone: 'name' },
    { text: notes.map(note => `  ${note}`).join(''), tone: 'dim' },
  ])
  for (const comment of comments) outline.line([{ text: `: ${comment}`, tone: 'dim' }])
  if (!outline.full && dispatched) outline.add(dataLines(data, nested))
  outline.close()
}

function dataLines(data: string, nested: Nested): readonly BodyLine[] {
  const json = /^\s*[[{]/.test(data)
  const lines = json ? nested(new TextEncoder().encode(data), [['content-type', 'application/json']], 200) : []
  return lines.length > 0 ? lines : printableLines(data).map(text => ({ text, depth: 0 }))
}
