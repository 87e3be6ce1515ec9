import type { FlowRow } from '../../store/queries.ts'
import { counted } from '../../view/format.ts'
import { flowJson, urlOf } from '../../view/json/flow-json.ts'
import { printable } from '../../view/printable.ts'
import type { Judgement } from './judge.ts'

/** What an assertion came to. */
export interface Verdict {
  readonly capture: string
  readonly judgements: readonly Judgement[]
}

export const holds = ({ judgements }: Verdict): boolean => judgements.every(each => each.holds)

/** For people: a line for each expectation, under it the flows against it, and what it came to. All printable. */
export function reportLines({ judgements }: Verdict): readonly string[] {
  const broken = judgements.filter(each => !each.holds).length
  const last =
    broken === 0
      ? `${counted(judgements.length, 'expectation')}: ${judgements.length === 1 ? 'it holds' : 'all hold'}`
      : `${broken} of ${counted(judgements.length, 'expectation')} ${broken === 1 ? 'does' : 'do'} not hold`
  return [...judgements.flatMap(judgementLines), last].map(line => printable(line))
}

function judgementLines(judgement: Judgement): readonly string[] {
  const { expectation, holds: held, sentence, against, againstCount } = judgement
  const more = againstCount - against.length
  return [
    `${held ? '✓' : '✗'} ${expectation}: ${sentence}`,
    ...against.map(flow => `    ${toldFlow(flow)}`),
    ...(against.length > 0 && more > 0 ? [`    and ${more} more`] : []),
  ]
}

/** `#12 GET https://example.com/ 502: the server's certificate has expired` */
export function toldFlow(flow: FlowRow): string {
  const { kind, id, connection, method, status, state, note } = flow
  const name = kind === 'exchange' ? `#${id}` : `c${connection}`
  const outcome = status === undefined ? state : String(status)
  return `${name} ${method} ${urlOf(flow)} ${outcome}${note === undefined ? '' : `: ${note}`}`
}

/** For programs: assert.schema.json describes every member. Write it with `jsonText`. */
export const reportJson = (verdict: Verdict): object => ({
  version: 1,
  capture: verdict.capture,
  holds: holds(verdict),
  expectations: verdict.judgements.map(({ against, ...judgement }) => ({
    ...judgement,
    against: against.map(flowJson),
  })),
})

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions: an error for each that does not hold. */
export const annotations = ({ judgements }: Verdict): readonly string[] =>
  judgements
    .filter(each => !each.holds)
    .map(judgement => {
      const text = [
        judgement.sentence,
        ...judgementLines(judgement)
          .slice(1)
          .map(line => line.trim()),
      ]
      const said = text.map(line => printable(line)).join('\n')
      return `::error title=${inProperty(printable(judgement.expectation))}::${inCommand(said)}`
    })

const inCommand = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const inProperty = (text: string): string => inCommand(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** A file for JUnit's readers: one suite, a test case for each expectation. `seconds` is what judging took. */
export function junit({ capture, judgements }: Verdict, at: Date, seconds: number): string {
  const broken = judgements.filter(each => !each.holds).length
  const counts = `tests="${judgements.length}" failures="${broken}" errors="0"`
  const time = `time="${seconds.toFixed(3)}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="parley assert" ${counts} ${time}>`,
    `  <testsuite name="${xml(capture)}" ${counts} skipped="0" ${time} timestamp="${at.toISOString().slice(0, 19)}">`,
    ...judgements.flatMap(judgement => testCase(capture, judgement)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function testCase(capture: string, judgement: Judgement): readonly string[] {
  const open = `    <testcase name="${xml(judgement.expectation)}" classname="${xml(capture)}" time="0"`
  if (judgement.holds) return [`${open}/>`]
  const text = judgementLines(judgement)
    .map(line => xml(printable(line)))
    .join('\n')
  return [
    `${open}>`,
    `      <failure type="expectation" message="${xml(judgement.sentence)}">${text}</failure>`,
    '    </testcase>',
  ]
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Printable text holds no character that XML 1.0 forbids but U+FFFE and U+FFFF. */
const xml = (text: string): string =>
  printable(text)
    .replace(/[&<>"]/g, character => entities[character]!)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
