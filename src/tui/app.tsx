import { Box, Text, Transform, useApp, useCursor, useInput, usePaste, useStdin, useStdout } from 'ink'
import { memo, useEffect, useSyncExternalStore } from 'react'
import { printable } from '../view/printable.ts'
import { errorText } from './effects.ts'
import { functionKey, keyNames } from './keys.ts'
import { columnsOf, cut, type Line, line, sameSpan, span } from './line.ts'
import type { Session } from './session.ts'
import { promptColumn } from './shell/footer.ts'
import { pageOf } from './shell/page.ts'
import { painted, type Theme } from './theme.ts'

interface Props {
  readonly session: Session
  readonly theme: Theme
}

/** Ink draws anew from wherever the other program left the cursor. */
const alternateScreenHome = '\x1b[?1049h\x1b[H'

/** The whole program on a terminal: the page of the session's state, and keys to the session. */
export function App({ session, theme }: Props) {
  useSession(session)
  useKeys(
    key => session.press(key),
    text => session.paste(text),
  )
  const { exit, suspendTerminal } = useApp()
  const { setCursorPosition } = useCursor()
  const { stdout } = useStdout()
  const { state, world } = session
  useEffect(() => {
    session.suspend = work => suspendTerminal(() => work().finally(() => stdout.write(alternateScreenHome)))
  }, [session, suspendTerminal, stdout])
  useEffect(() => {
    if (state.done) exit()
  }, [state.done, exit])
  const page = drawn(session)
  setCursorPosition(state.prompt && { x: promptColumn(state.prompt, world.columns), y: page.length - 1 })
  return (
    <Box flexDirection="column" width={world.columns} height={page.length}>
      {page.map((spans, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its place
        <ScreenLine key={row} spans={spans} theme={theme} />
      ))}
    </Box>
  )
}

/** What cannot be read is told on the screen; the keys go on working. */
function drawn({ state, world }: Session): readonly Line[] {
  try {
    return pageOf(state, world)
  } catch (error) {
    return [cut(line(span(` ${printable(errorText(error))}`, 'bad')), world.columns), line(' q: back')]
  }
}

/** Hands every key to `press` by its name, and pasted text to `paste` in one piece: it is never taken for commands. */
export function useKeys(press: (key: string) => void, paste: (text: string) => void): void {
  useInput((input, key) => {
    for (const name of keyNames(input, key)) press(name)
  })
  usePaste(paste)
  useFunctionKeys(press)
}

interface Emitter {
  on(event: 'input', listener: (sequence: string) => void): unknown
  removeListener(event: 'input', listener: (sequence: string) => void): unknown
}

/** Ink knows these keys and tells `useInput` of none. */
function useFunctionKeys(press: (key: string) => void): void {
  const { internal_eventEmitter: input } = useStdin() as unknown as { readonly internal_eventEmitter: Emitter }
  useEffect(() => {
    const heard = (sequence: string): void => {
      const name = functionKey(sequence)
      if (name) press(name)
    }
    input.on('input', heard)
    return () => void input.removeListener('input', heard)
  }, [input, press])
}

/** Draws the component anew with every change of the session. */
export const useSession = (session: Session): number => useSyncExternalStore(session.subscribe, () => session.revision)

interface LineProps {
  readonly spans: Line
  readonly theme: Theme
}

/**
 * One row of the screen, drawn anew only where it is not what it was. Ink lays out spaces and the line takes their
 * place: measuring colours and letters beyond ASCII costs Ink several times as much as all the rest of a page.
 */
export const ScreenLine = memo(
  ({ spans, theme }: LineProps) => (
    <Transform transform={() => painted(spans, theme)}>
      <Text>{' '.repeat(Math.max(1, columnsOf(spans)))}</Text>
    </Transform>
  ),
  (before, after) => before.theme === after.theme && sameLine(before.spans, after.spans),
)

const sameLine = (a: Line, b: Line): boolean => a.length === b.length && a.every((each, i) => sameSpan(each, b[i]!))
