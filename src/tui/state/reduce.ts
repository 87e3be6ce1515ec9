import type { Filter } from '../../filter/ast.ts'
import { complete } from '../../filter/complete.ts'
import { FilterError } from '../../filter/filter-error.ts'
import { parseFilter } from '../../filter/parser.ts'
import { quoteWord } from '../../filter/tokenizer.ts'
import { type CommandName, commandFor, completions } from '../keymap.ts'
import { typedBy } from '../keys.ts'
import { type Sort, sortKeys } from '../ports.ts'
import { bodyRows } from '../screens/chrome.ts'
import { find } from './find.ts'
import { filterBelow, hostRows } from './hosts.ts'
import { listView, moveToEnd, selectFlow, settle } from './list.ts'
import { move } from './move.ts'
import { back, navigation, rowOf, selectedRow, viewsOf } from './navigate.ts'
import { completeWith, editPrompt, openPrompt, type Prompt, typeInto } from './prompt.ts'
import { distanceOf } from './scroll.ts'
import {
  contextOf,
  type HostsScreen,
  type Notice,
  push,
  type State,
  say,
  screenOf,
  type World,
  withScreen,
} from './state.ts'

/** What can happen to the screens. A command that acts on the world besides is in effects.ts. */
export type Action =
  | { readonly type: 'key'; readonly key: string }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'command'; readonly name: CommandName; readonly argument?: string }
  | { readonly type: 'notice'; readonly text: string; readonly tone?: 'good' | 'bad' }
  /** Something was captured, or the window has another size. */
  | { readonly type: 'changed' }

/** The state after the action. Pure but for what it asks of the source. */
export function reduce(state: State, action: Action, world: World): State {
  switch (action.type) {
    case 'key':
      return pressKey(state, action.key, world)
    case 'paste':
      return state.prompt ? typed(state, typeInto(state.prompt, action.text), world) : state
    case 'command':
      return commanded(state, action.name, action.argument ?? '', world)
    case 'notice':
      return say(state, action.text, action.tone)
    case 'changed':
      return settled(state, world)
  }
}

/** The command that a key stands for, so that its effect on the world can be done too. */
export const commandOf = (state: State, key: string): CommandName | undefined =>
  state.prompt ? undefined : commandFor(key, contextOf(state))

function pressKey(state: State, key: string, world: World): State {
  if (state.prompt) return promptKey(state, state.prompt, key, world)
  const command = commandOf(state, key)
  if (command) return commanded(state, command, '', world)
  return state.copying ? { ...quiet(state), copying: false } : quiet(state)
}

const quiet = ({ notice: _, ...state }: State): State => state

const question: Notice = { text: 'q again ends Parley and its proxy; the capture is kept.', tone: 'good' }

/** Whoever goes back once too often does not mean to end a proxy that others use. */
function commanded(state: State, name: CommandName, argument: string, world: World): State {
  const leaves = name === 'back' && world.status.recording && !state.copying && back(state, world).done
  return leaves && state.notice !== question ? { ...state, notice: question } : run(quiet(state), name, argument, world)
}

function run(state: State, name: CommandName, argument: string, world: World): State {
  if (state.copying) return { ...state, copying: false }
  const screen = screenOf(state)
  if (screen.kind === 'hosts' && name === 'open') return openHost(screen, state, world)
  const distance = distanceOf(name, bodyRows(screen, world))
  if (distance !== undefined) {
    const next = withScreen(state, move(screen, distance, state, world))
    return screen.kind === 'list' && distance < 0 ? { ...next, follow: false } : next
  }
  return navigation[name]?.(state, world) ?? others[name]?.(state, world, argument) ?? state
}

const withList = (state: State, next: State['screens'][0]): State => ({
  ...state,
  screens: [next, ...state.screens.slice(1)],
})

const others: Readonly<Partial<Record<CommandName, (state: State, world: World, argument: string) => State>>> = {
  filter: (state, world, argument) =>
    argument === '' ? { ...state, prompt: openPrompt('filter', state.filter.text) } : applied(state, argument, world),
  'clear-filter': (state, world) => applied(state, '', world),
  search: (state, world, argument) =>
    argument === '' ? { ...state, prompt: openPrompt('search') } : searched({ ...state, search: argument }, 1, world),
  command: state => ({ ...state, prompt: openPrompt('command') }),
  'search-next': (state, world) => searched(state, 1, world),
  'search-previous': (state, world) => searched(state, -1, world),
  follow: (state, world) => settled({ ...state, follow: !state.follow }, world),
  order: (state, world, argument) => {
    if (argument === '') return ordered(state, nextOrder(state.sort?.by), world)
    if (argument === 'time') return ordered(state, undefined, world)
    const key = sortKeys.find(each => each === argument)
    return key ? ordered(state, key, world) : say(state, `order needs one of time, ${sortKeys.join(', ')}`, 'bad')
  },
  'reverse-order': (state, world) => {
    if (!state.sort) return say(state, 'The order of time has G for its end; o picks another order.')
    return anew({ ...state, sort: { ...state.sort, descending: !state.sort.descending } }, world)
  },
  'hide-host': (state, world) => narrowed(state, world, host => `!(~d ${quoteWord(`^${host}$`)})`),
  'only-host': (state, world) => narrowed(state, world, host => `~d ${quoteWord(`^${host}$`)}`),
  'host-tree': state => push(state, { kind: 'hosts', cursor: 0, open: new Set(), filter: state.filter.filter, top: 0 }),
  waterfall: state => ({ ...state, waterfall: !state.waterfall }),
  copy: state => ({ ...state, copying: true }),
  quit: state => ({ ...state, done: true }),
  mark: (state, world) =>
    selectedRow(state, world) ? withScreen(state, move(screenOf(state), 1, state, world)) : state,
  'edit-comment': (state, world) => {
    const row = rowOf(state, world)
    return row ? { ...state, prompt: openPrompt('command', `comment ${row.comment ?? ''}`) } : state
  },
  'next-mark': (state, world) => {
    const ids = world.source.marked()
    const id = ids.find(each => each > (state.screens[0].selected ?? 0)) ?? ids[0]
    return id === undefined
      ? say(state, 'Nothing is marked.')
      : withList(state, selectFlow(state.screens[0], listView(state, world), id))
  },
  'view-as': (state, world, argument) => {
    const screen = screenOf(state)
    if (screen.kind !== 'flow') return state
    const views = viewsOf(screen, world)
    if (views.includes(argument)) return withScreen(state, { ...screen, view: argument, cursor: 0, top: 0 })
    const offer = views.length > 0 ? `view-as needs one of ${views.join(', ')}` : 'There is no body to show here.'
    return say(state, offer, 'bad')
  },
  goto: (state, world, argument) => {
    if (!/^\d+$/.test(argument)) return say(state, 'goto needs a number: goto 42', 'bad')
    const next = withList(state, selectFlow(state.screens[0], listView(state, world), Number(argument)))
    const { selected } = next.screens[0]
    return selected === Number(argument) ? next : say(next, `There is no flow ${argument} here; this is the nearest.`)
  },
}

/** The list of what lies below the line of the tree. */
function openHost(screen: HostsScreen, state: State, world: World): State {
  const row = hostRows(screen, world)[screen.cursor]
  const [list] = state.screens
  return row ? applied({ ...state, screens: [list] }, filterBelow(row), world) : state
}

const nextOrder = (by: Sort['by'] | undefined): Sort['by'] | undefined =>
  sortKeys[by === undefined ? 0 : sortKeys.indexOf(by) + 1]

/** The list in this order, or that of time, from its first flow on; what is large or long comes first. */
function ordered({ sort: _, ...state }: State, by: Sort['by'] | undefined, world: World): State {
  if (by === undefined) return say(anew(state, world), 'in order of time')
  const descending = by === 'duration' || by === 'size'
  return say(anew({ ...state, sort: { by, descending }, follow: false }, world), `by ${by}; v turns the order round`)
}

const anew = (state: State, world: World): State =>
  withList(state, moveToEnd(state.screens[0], listView(state, world), 'first'))

/** The filter with another condition on the selected flow's host. */
function narrowed(state: State, world: World, condition: (host: string) => string): State {
  const row = selectedRow(state, world)
  if (!row?.host) return say(state, 'There is no host here.')
  const { text } = state.filter
  const more = condition(row.host.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return applied(state, text === '' ? more : `(${text}) & ${more}`, world)
}

/** The list's selection where it is still there; with follow, the last flow. */
function settled(state: State, world: World): State {
  const [first] = state.screens
  const view = listView(state, world)
  const next = state.follow && state.screens.length === 1 ? moveToEnd(first, view, 'last') : settle(first, view)
  return next === first ? state : withList(state, next)
}

function searched(state: State, direction: 1 | -1, world: World): State {
  if (state.search === '') return say(state, 'Nothing to search for: / asks for a text.')
  const found = find(screenOf(state), state.search, direction, state, world)
  if (!found) return say(state, `“${state.search}” is not here.`, 'bad')
  const next = withScreen({ ...state, follow: false }, found.screen)
  return found.notice === undefined ? next : say(next, found.notice)
}

const parsed = (text: string): Filter | FilterError => {
  try {
    return parseFilter(text)
  } catch (error) {
    if (error instanceof FilterError) return error
    throw error
  }
}

/** The list with another filter; as it was, and a word about it, where the text is none. */
function applied(state: State, text: string, world: World): State {
  const filter = parsed(text)
  if (filter instanceof FilterError) return say(state, filter.message, 'bad')
  const wanted = text.trim()
  const next = wanted === '' ? { text: '' } : { text: wanted, filter }
  return settled({ ...state, filter: next }, world)
}

function promptKey(state: State, prompt: Prompt, key: string, world: World): State {
  const edited = editPrompt(prompt, key)
  if (edited && !(key === 'backspace' && prompt.text === '')) return typed(state, edited, world)
  if (key === 'enter') {
    const unreadable = prompt.kind === 'filter' && parsed(prompt.text) instanceof FilterError
    return unreadable ? state : submitted(closed(state), prompt, world) // what is wrong stands above it
  }
  if (key === 'esc' || key === 'ctrl-c' || key === 'backspace') {
    return prompt.kind === 'filter' ? applied(closed(state), prompt.before, world) : closed(state)
  }
  if (key === 'tab') return typed(state, completed(state, prompt), world)
  const character = typedBy(key)
  return character === undefined ? state : typed(state, typeInto(prompt, character), world)
}

const closed = ({ prompt: _, ...state }: State): State => state

/** A filter holds while it is typed, as soon as it can be read. */
function typed(state: State, prompt: Prompt, world: World): State {
  const next = { ...state, prompt }
  return prompt.kind === 'filter' && prompt.text !== state.prompt?.text && !(parsed(prompt.text) instanceof FilterError)
    ? applied(next, prompt.text, world)
    : next
}

function completed(state: State, prompt: Prompt): Prompt {
  if (prompt.kind === 'filter') {
    const words = complete(prompt.text, prompt.cursor)
    const common = commonStart(words)
    return words.length === 0 ? prompt : completeWith(prompt, words.length === 1 ? `${common} ` : common)
  }
  if (prompt.kind !== 'command' || prompt.text.includes(' ')) return prompt
  const names = completions(prompt.text, contextOf(state)).map(({ name }) => name)
  const common = commonStart(names)
  return names.length === 0 ? prompt : { ...prompt, text: common, cursor: common.length }
}

function commonStart(words: readonly string[]): string {
  let common = words[0] ?? ''
  for (const word of words) while (!word.startsWith(common)) common = common.slice(0, -1)
  return common
}

function submitted(state: State, prompt: Prompt, world: World): State {
  if (prompt.kind === 'filter') return applied(state, prompt.text, world)
  if (prompt.kind === 'search') return searched({ ...state, search: prompt.text || state.search }, 1, world)
  return state // the session runs it, because it may act on the world
}

/** The command that a command line asks for: a name, or the start of one alone. */
export function commandTyped(text: string, state: State): { name: CommandName; argument: string } | undefined {
  const [typedName = '', ...words] = text.trim().split(/\s+/)
  const found = completions(typedName === 'q' ? 'back' : typedName, contextOf(state))
  return typedName !== '' && found.length === 1 ? { name: found[0]!.name, argument: words.join(' ') } : undefined
}
