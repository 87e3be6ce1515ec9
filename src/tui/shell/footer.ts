import { complete } from '../../filter/complete.ts'
import { printable } from '../../view/printable.ts'
import { width } from '../../view/width.ts'
import { type CommandName, hintsFor, keymap } from '../commands.ts'
import { showKey } from '../keys.ts'
import { columnsOf, type Line, line, proseOf, type Span, span } from '../line.ts'
import { countText } from '../list/screen.ts'
import { kindOf, roomOf } from '../screens.ts'
import type { Prompt } from '../state/prompt.ts'
import { faultOf, takesFilter } from '../state/prompt-fault.ts'
import { contextOf, isLive, type Notice, type State, screenOf, type World } from '../state/state.ts'

/** The rows above the key hints: a word on what just happened, else on what is selected. */
export function infoLines(state: State, world: World): readonly Line[] {
  const screen = screenOf(state)
  if (state.prompt) return [promptHelp(state.prompt, state, world)]
  if (state.copying)
    return [[span('       '), ...hintsFor('copy-whole', screen, world).flatMap(hint => hintOf(hint, 'copy'))]]
  if (state.notice) return noticeLines(state.notice, world.columns, roomOf(screen, world).info)
  return kindOf(screen).info?.(screen, state, world) ?? []
}

/** In as many rows as the screen keeps free. */
const noticeLines = ({ text, tone }: Notice, columns: number, rows: number): readonly Line[] =>
  proseOf(printable(text), columns - 2, rows).map(each => line(span(` ${each}`, tone)))

/** The bottom row: what is being typed, or the keys of the screen, as many as fit. */
export function hintLine(state: State, world: World): Line {
  const { columns } = world
  if (state.prompt) return promptLine(state.prompt, faultOf(state.prompt, state, world) !== undefined, columns)
  const context = contextOf(state)
  const hints = hintsFor(context, screenOf(state), world).map(hint => hintOf(hint, context))
  const last = hints.slice(-2).flat() // how to get help and how to get out are never left out
  let spans: readonly Span[] = [span(state.copying ? ' copy: ' : ' ')]
  for (const hint of hints.slice(0, -2)) {
    if (columnsOf([...spans, ...hint, ...last]) > columns) break
    spans = [...spans, ...hint]
  }
  return [...spans, ...last]
}

const hintOf = ([command, says]: readonly [CommandName, string], context: string): readonly Span[] => [
  span(showKey(keymap.keysOf(command, context)[0] ?? ''), 'key'),
  span(` ${says}  `, 'dim'),
]

/** The end of the text that fits before the cursor, with its colour. */
function promptLine(prompt: Prompt, isWrong: boolean, columns: number): Line {
  const { sign, text } = prompt
  const judged = takesFilter(prompt) && text !== '' ? 'good' : undefined
  const tone = isWrong && text !== '' ? 'bad' : judged
  return line(span(sign, 'key'), span(promptWindow(prompt, columns).text, tone))
}

/** Column of the terminal's cursor in the prompt. */
export const promptColumn = (prompt: Prompt, columns: number): number =>
  width(prompt.sign) + promptWindow(prompt, columns).cursor

function promptWindow({ sign, text, cursor }: Prompt, columns: number): { text: string; cursor: number } {
  const room = columns - width(sign) - 2
  let before = text.slice(0, cursor)
  while (width(printable(before)) > room) before = before.slice(Math.max(1, before.length >> 3))
  return { text: printable(before + text.slice(cursor)), cursor: width(printable(before)) }
}

/** What is wrong and where, or how it could go on. */
function promptHelp(prompt: Prompt, state: State, world: World): Line {
  const { kind, text } = prompt
  if (kind === 'command') {
    const [typed = ''] = text.split(' ')
    const found = keymap.completions(typed, contextOf(state), isLive(world))
    const [only] = found
    if (found.length === 1 && only) return line(span(` ${only.name}`, 'accent'), span(`  ${only.says}`, 'dim'))
    if (found.length === 0) return line(span(` no command of this screen starts with ${printable(typed)}`, 'bad'))
    return line(span(` ${found.map(({ name }) => name).join('  ')}`, 'dim'))
  }
  if (kind === 'search') return line(span(' enter: to the next match   n and N: on and back', 'dim'))
  const fault = faultOf(prompt, state, world)
  if (takesFilter(prompt)) return filterHelp(prompt, fault, state, world)
  return fault === undefined ? line(span(' esc: as before', 'dim')) : line(span(` ${printable(fault)}`, 'bad'))
}

function filterHelp({ kind, text, cursor }: Prompt, fault: string | undefined, state: State, world: World): Line {
  const words = complete(text, cursor)
  if (words.length > 0) return line(span(` tab: ${words.join(' ')}`, 'dim'))
  if (fault !== undefined) return line(span(` ${printable(fault)}`, 'bad'))
  if (kind === 'breakpoint' && text === '')
    return line(span(' ~u /path  ~d host  ~m POST  ~q requests  ~s responses; empty: nothing is held', 'dim'))
  if (kind === 'breakpoint') return line(span(' enter: requests, responses and messages that fit wait for you', 'dim'))
  const fits = text === '' ? '' : `${countText(state.filter.filter, world)}   `
  const forms =
    text === '' ? '~d host  ~c 4xx  ~m POST  ~t json  ~all text  ! & | ( )   ~ and tab for more' : 'esc: as before'
  return line(span(` ${fits}${forms}`, 'dim'))
}
