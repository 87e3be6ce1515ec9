import { layOutJson } from '../../../view/body/json-layout.ts'
import { Outline } from '../../../view/body/outline.ts'
import { formatBytes } from '../../../view/format.ts'
import type { BodyJson } from '../../../view/json/body-json.ts'
import type { HttpMessageJson } from '../../../view/json/exchange-json.ts'
import { type El, el, folded, pre, preLines } from './dom.ts'

const images = /^image\/(?:png|jpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon)$/

/** A body, folded: its size and kind to see, its text or its picture below. */
export function bodyPart(body: BodyJson, type: string): El {
  const { length, decodedFrom, problem } = body
  const coded = decodedFrom ? `, ${decodedFrom.join(' and ')} undone` : ''
  return folded([`body, ${formatBytes(length)}${type === '' ? '' : `, ${type}`}${coded}`], () => [
    problem !== undefined && el('p', { class: 'finding' }, problem),
    ...content(body, type),
  ])
}

function content({ text, base64, shown, whole }: BodyJson, type: string): El[] {
  if (text !== undefined && text !== '') {
    const rest = whole
      ? []
      : [el('p', { class: 'quiet' }, `${formatBytes(shown)} of it; the rest was left out of this report.`)]
    return [laidOut(text, type), ...rest]
  }
  if (base64 && whole && images.test(type))
    return [el('img', { src: `data:${type};base64,${base64}`, alt: `the image, ${formatBytes(shown)}` })]
  return [
    el('p', { class: 'quiet' }, base64 ? 'Not text; its bytes are in the capture.' : 'It was left out of this report.'),
  ]
}

const mostLines = 5000

/** JSON with a line for every member, changed in its white space alone; any other text as it is. */
function laidOut(text: string, type: string): El {
  const outline = new Outline(mostLines)
  if (!/[/+]json$/.test(type) || layOutJson(text, outline)) return pre(text)
  return preLines(
    outline.finish().map(({ depth, text: line, spans }) => {
      const parts = spans?.map(({ text: part, tone }) => (tone ? el('span', { class: `t-${tone}` }, part) : part))
      return ['  '.repeat(depth), ...(parts ?? [line])]
    }),
  )
}

/** The content type without its parameters; empty where none is told. */
export const typeOf = ({ headers }: HttpMessageJson): string =>
  (headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].split(';')[0] ?? '').trim().toLowerCase()
