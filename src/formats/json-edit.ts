import type { JsonStep } from './json-path.ts'
import { type JsonBegin, jsonValues } from './json-values.ts'

/** A piece of the text, and what comes in its place. */
interface Edit {
  readonly start: number
  readonly end: number
  readonly put: string
}

/** A value that holds others, as far as it has been read. */
interface Around {
  readonly begin: JsonBegin
  /** Steps of the path of which the next may lead into it. */
  readonly states: readonly number[]
  /** Behind the last item, and where that began; of the one before, where it ended. */
  lastEnd?: number
  last?: JsonBegin
  beforeEnd?: number
  items: number
  /** Items of it that stay. */
  kept: number
  /** Something in it was what the last step names. */
  found: boolean
  /** What is removed goes from here to the next item. */
  removedFrom?: number | undefined
}

/**
 * Puts a value, which is JSON, wherever the path leads; where only the last step of a path leads nowhere, the member or
 * the next element is added. All else stays as it was written, numbers, white space and duplicates included. Gives the
 * very text where the path leads nowhere. Throws JsonError for what is no JSON.
 */
export const setInJson = (text: string, path: readonly JsonStep[], value: string): string => edit(text, path, value)

/** The same, and adds nothing where the path leads nowhere. */
export const replaceInJson = (text: string, path: readonly JsonStep[], value: string): string =>
  edit(text, path, value, false)

/** Takes out all that the path leads to, with its name and a comma. Throws JsonError for what is no JSON. */
export const removeFromJson = (text: string, path: readonly JsonStep[]): string => edit(text, path, undefined)

function edit(text: string, path: readonly JsonStep[], value: string | undefined, adds = true): string {
  const editing = jsonEditing(text, path, value, adds)
  for (;;) {
    const { done, value: edited } = editing.next()
    if (done) return edited
  }
}

const turn = 10_000 // begins and ends of values: some 3 ms

/**
 * The same in turns of a few ms, for a thread that has more to do than to read a large text. Without a value it is taken
 * out.
 */
export function* jsonEditing(
  text: string,
  path: readonly JsonStep[],
  value: string | undefined,
  adds = true,
): Generator<undefined, string> {
  const edits: Edit[] = []
  let budget = turn
  const stack: Around[] = []
  let matched: number | undefined // the depth of the value that is being replaced
  for (const event of jsonValues(text)) {
    if (--budget === 0) {
      yield
      budget = turn
    }
    if (event.type === 'begin') {
      const states = statesOf(path, stack.at(-1), event)
      const isMatch = matched === undefined && states.includes(path.length)
      if (isMatch) matched = stack.length
      enterItem(stack.at(-1), event, isMatch, value === undefined, edits)
      stack.push({ begin: event, states: matched === undefined ? states : [], items: 0, kept: 0, found: false })
      continue
    }
    const left = stack.pop()!
    const around = stack.at(-1)
    const { end } = event
    if (matched === stack.length) {
      matched = undefined
      if (value !== undefined) edits.push({ start: left.begin.start, end, put: value })
      else if (!around) edits.push({ start: 0, end: text.length, put: '' })
      else if (around.kept > 0) edits.push({ start: around.lastEnd!, end, put: '' })
    } else if (matched === undefined) {
      closeItems(left, edits)
      if (value !== undefined && adds) add(text, path, left, end, value, edits)
    }
    if (around) leaveItem(around, left, end)
  }
  return apply(text, edits)
}

/** A value is at the end of the path where the number of its steps is among its states. */
function statesOf(
  path: readonly JsonStep[],
  around: Around | undefined,
  { name, index }: JsonBegin,
): readonly number[] {
  if (!around) return [0]
  if (around.states.length === 0) return around.states
  const states = new Set<number>()
  for (const state of around.states) {
    const step = path[state]
    if (!step) continue
    if (step.named ? step.select === name : step.select === 'all' || (name === undefined && step.select === index))
      states.add(state + 1)
    if (step.deep) states.add(state)
  }
  return [...states]
}

function enterItem(around: Around | undefined, begin: JsonBegin, isMatch: boolean, removes: boolean, edits: Edit[]) {
  if (!around) return
  if (around.removedFrom !== undefined) edits.push({ start: around.removedFrom, end: begin.itemStart, put: '' })
  around.removedFrom = undefined
  if (isMatch) around.found = true
  if (isMatch && removes && around.kept === 0) around.removedFrom = begin.itemStart
  if (!isMatch || !removes) around.kept++
}

function leaveItem(around: Around, { begin }: Around, end: number): void {
  if (around.lastEnd !== undefined) around.beforeEnd = around.lastEnd
  around.lastEnd = end
  around.last = begin
  around.items++
}

/** All items went: what stood before the first goes too. */
function closeItems({ removedFrom, lastEnd }: Around, edits: Edit[]): void {
  if (removedFrom !== undefined) edits.push({ start: removedFrom, end: lastEnd!, put: '' })
}

/** The last step leads to nothing in here: what it names is added, written like its neighbours. */
function add(text: string, path: readonly JsonStep[], at: Around, end: number, value: string, edits: Edit[]): void {
  const step = path.at(-1)
  const { begin, items, lastEnd, last, beforeEnd } = at
  if (!step || step.deep || at.found || !at.states.includes(path.length - 1)) return
  const fits = step.named ? begin.kind === '{' : begin.kind === '[' && step.select === items
  if (!fits) return
  const afterOpen = text.slice(begin.start + 1, last ? last.itemStart : begin.start + 1)
  const comma = last && beforeEnd !== undefined ? text.slice(beforeEnd, last.itemStart) : `,${afterOpen}`
  const between = last ? text.slice(last.itemStart, last.start) : ''
  const colon = last ? between.slice(between.lastIndexOf('"') + 1) : ':'
  const item = step.named ? `${JSON.stringify(step.select)}${colon}${value}` : value
  const place = lastEnd ?? end - 1
  edits.push({ start: place, end: place, put: last ? comma + item : item })
}

function apply(text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return text
  const parts: string[] = []
  let from = 0
  for (const { start, end, put } of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(text.slice(from, start), put)
    from = Math.max(from, end)
  }
  return parts.join('') + text.slice(from)
}
