import { headerValue, readParameters } from '../../formats/content-type.ts'
import { guessBoundary, type Part, readParts } from '../../formats/multipart.ts'
import { formatBytes } from '../format.ts'
import { Outline } from './outline.ts'
import type { Render } from './renderer.ts'

/** A multipart body: each part with its headers, its content rendered as a body of its own. */
export const renderMultipart: Render = ({ bytes, boundary }, { maxLines, nested }) => {
  const delimiter = boundary ?? guessBoundary(bytes)
  const parts = delimiter === undefined || delimiter === '' ? undefined : readParts(bytes, delimiter)
  if (!parts) return undefined
  const outline = new Outline(maxLines)
  for (const [index, part] of parts.entries()) {
    outline.open([{ text: titleOf(part, index), tone: 'bold' }], `part[${index}]`)
    for (const [name, value] of part.headers)
      outline.line([{ text: name, tone: 'name' }, { text: ': ', tone: 'dim' }, { text: value }])
    if (!outline.full) outline.add(nested(part.bytes, part.headers, Math.max(1, Math.ceil(maxLines / 2))))
    outline.close(undefined, '')
  }
  return outline.finish()
}

function titleOf({ headers, bytes, whole }: Part, index: number): string {
  const disposition = readParameters(headerValue(headers, 'content-disposition') ?? '')
  const [name, file] = [disposition.get('name'), disposition.get('filename')]
  const facts = [
    name !== undefined && `name ${JSON.stringify(name)}`,
    file !== undefined && `file ${JSON.stringify(file)}`,
    formatBytes(bytes.length),
    !whole && 'cut short',
  ]
  return `part ${index + 1}: ${facts.filter(Boolean).join(', ')}`
}
