import { complete } from '../../filter/complete.ts'
import { type CommandName, commandNamed, keymap } from '../commands.ts'
import { withoutGone } from '../held/state.ts'
import { typedBy } from '../keys.ts'
import { applied } from '../list/filter.ts'
import { settled } from '../list/state.ts'
import { huntOn, searched } from './find.ts'
import { back } from './navigate.ts'
import { completeWith, editPrompt, type Prompt, typeInto } from './prompt.ts'
import { faultOf, takesFilter } from './prompt-fault.ts'
import { contextOf, isLive, type Notice, type State, say, type World } from './state.ts'

/** What can happen to the screens. */
export type Action =
  | { readonly type: 'key'; readonly key: string }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'command'; readonly name: CommandName; readonly argument?: string }
  | { readonly type: 'notice'; readonly text: string; readonly tone?: 'good' | 'bad' }
  /** What a command did to the world came back. */
  | { readonly type: 'came-back'; readonly step: (state: State, world: World) => State }
  /** Something was captured, or the window has another size. */
  | { readonly type: 'changed' }
  /** There is time for the search that is on its way. */
  | { readonly type: 'hunt' }

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
      return withoutGone(
        settled(state.welcome && world.source.counts().flows > 0 ? withoutWelcome(state) : state, world),
        world,
      )
    case 'came-back':
      return action.step(state, world)
    case 'hunt':
      return state.hunt ? huntOn(state, state.hunt) : state
  }
}

/** The command that a key stands for, so that its effect on the world can be done too. */
export const commandOf = (state: State, key: string): CommandName | undefined =>
  state.prompt || state.welcome ? undefined : keymap.commandFor(key, contextOf(state))

function pressKey(state: State, key: string, world: World): State {
  if (state.prompt) return promptKey(state, state.prompt, key, world)
  if (state.welcome) return welcomed(state, key)
  const command = commandOf(state, key)
  if (command) return commanded(state, command, '', world)
  return state.copying ? { ...quiet(state), copying: false } : quiet(state)
}

/** Any key ends the welcome, and is nothing else then; Ctrl-C ends the program as everywhere. */
const welcomed = (state: State, key: string): State =>
  key === 'ctrl-c' ? { ...state, done: true } : withoutWelcome(state)

const withoutWelcome = ({ welcome: _, ...state }: State): State => state

/** A key ends what is said and what is searched. */
const quiet = ({ notice: _, hunt: __, ...state }: State): State => state

const question: Notice = { text: 'q again ends Parley and its proxy; the capture is kept.', tone: 'good' }

/** Whoever goes back once too often does not mean to end a proxy that others use. */
function commanded(state: State, name: CommandName, argument: string, world: World): State {
  const leaves = name === 'back' && world.status.recording && !state.copying && back(state).done
  return leaves && state.notice !== question ? { ...state, notice: question } : run(quiet(state), name, argument, world)
}

function run(state: State, name: CommandName, argument: string, world: World): State {
  if (state.copying) return { ...state, copying: false }
  return commandNamed(name).reduce?.(state, world, argument) ?? state
}

function promptKey(state: State, prompt: Prompt, key: string, world: World): State {
  const edited = editPrompt(prompt, key)
  if (edited && !(key === 'backspace' && prompt.text === '')) return typed(state, edited, world)
  if (key === 'enter') {
    const fault = faultOf(prompt, state, world)
    return fault === undefined ? submitted(closed(state), prompt, world) : state // what is wrong stands above it
  }
  if (key === 'esc' || key === 'ctrl-c' || key === 'backspace') {
    return prompt.kind === 'filter' ? applied(closed(state), prompt.before, world) : closed(state)
  }
  if (key === 'tab') return typed(state, completed(state, prompt, world), world)
  const character = typedBy(key)
  return character === undefined ? state : typed(state, typeInto(prompt, character), world)
}

const closed = ({ prompt: _, ...state }: State): State => state

/** A filter holds while it is typed, as soon as it can be read. */
function typed(state: State, prompt: Prompt, world: World): State {
  const next = { ...state, prompt }
  return prompt.kind === 'filter' && prompt.text !== state.prompt?.text && faultOf(prompt, state, world) === undefined
    ? applied(next, prompt.text, world)
    : next
}

function completed(state: State, prompt: Prompt, world: World): Prompt {
  if (takesFilter(prompt)) {
    const words = complete(prompt.text, prompt.cursor)
    const common = commonStart(words)
    return words.length === 0 ? prompt : completeWith(prompt, words.length === 1 ? `${common} ` : common)
  }
  if (prompt.kind !== 'command' || prompt.text.includes(' ')) return prompt
  const names = keymap.completions(prompt.text, contextOf(state), isLive(world)).map(({ name }) => name)
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
export function commandTyped(
  text: string,
  state: State,
  world: World,
): { name: CommandName; argument: string } | undefined {
  const [typedName = '', ...words] = text.trim().split(/\s+/)
  const found = keymap.completions(typedName === 'q' ? 'back' : typedName, contextOf(state), isLive(world))
  return typedName !== '' && found.length === 1 ? { name: found[0]!.name, argument: words.join(' ') } : undefined
}
