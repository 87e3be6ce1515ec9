import type { ComparisonRow, Mark } from '../../../compare/compare.ts'
import { counted } from '../../../view/format.ts'
import type { ReportConnection } from '../shape.ts'
import { type El, el, folded } from './dom.ts'

const meanings: Readonly<Record<Mark, string>> = {
  '=': 'the same',
  '≠': 'differs',
  '~': 'could not be mirrored',
  '!': 'differs, and matters',
  '·': 'cannot be seen',
}

/** What differs between the legs with its reason, and folded below it what does not. */
export function comparison({ comparison: rows, sniffed }: ReportConnection): readonly El[] {
  if (rows.length === 0) return [el('p', { class: 'quiet' }, 'There is nothing to compare.')]
  if (sniffed)
    return [
      table(
        rows.map(row => ({ ...row, upstream: row.client })),
        ['', 'aspect', 'seen', ''],
      ),
    ]
  const apart = rows.filter(({ mark }) => mark !== '=' && mark !== '·')
  const same = rows.filter(({ mark }) => mark === '=' || mark === '·')
  return [
    ...(apart.length > 0 ? [table(apart)] : [el('p', { class: 'quiet' }, 'The two legs do not differ.')]),
    ...(same.length > 0
      ? [folded([`${counted(same.length, 'aspect')} the same on both legs`], () => [table(same)])]
      : []),
  ]
}

const table = (rows: readonly ComparisonRow[], titles = ['', 'aspect', 'client leg', 'upstream leg']): El =>
  el(
    'table',
    { class: 'comparison' },
    el('thead', {}, el('tr', {}, ...titles.map(title => el('th', { scope: 'col' }, title)))),
    ...rows.map((row, i) => group(row, row.why !== rows[i - 1]?.why)),
  )

/** A row with its reason, which holds on for those below it that have the same. */
function group({ label, client, upstream, mark, why }: ComparisonRow, isNew: boolean): El {
  const sign = el('td', { class: `sign m-${toneOf(mark)}`, title: meanings[mark] }, mark)
  const values =
    client === upstream ? [el('td', { colspan: 2 }, client)] : [el('td', {}, client), el('td', {}, upstream)]
  const reason = why !== undefined && mark !== '=' && isNew
  return el(
    'tbody',
    {},
    el('tr', {}, sign, el('th', { scope: 'row' }, label), ...values),
    reason && el('tr', { class: 'why' }, el('td'), el('td', { colspan: 3 }, why)),
  )
}

const toneOf = (mark: Mark): string => (mark === '!' ? 'bad' : mark === '=' || mark === '·' ? 'same' : 'warn')
