import { Box, useApp, useCursor, useStdout } from 'ink'
import { useEffect } from 'react'
import { printable } from '../view/printable.ts'
import { ScreenLine } from './components/screen-line.tsx'
import { errorText } from './effects.ts'
import { useKeys } from './hooks/use-keys.ts'
import { useSession } from './hooks/use-session.ts'
import { cut, type Line, line, span } from './line.ts'
import type { Session } from './session.ts'
import { promptColumn } from './shell/footer.ts'
import { pageOf } from './shell/page.ts'
import type { Theme } from './theme.ts'

interface Props {
  readonly session: Session
  readonly theme: Theme
}

/** Ink draws anew from wherever the other program left the cursor. */
const alternateScreenHome = '\x1b[?1049h\x1b[H'

/** The whole program on a terminal: the frame of the session's state, and keys to the session. */
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
  const frame = drawn(session)
  setCursorPosition(state.prompt && { x: promptColumn(state.prompt, world.columns), y: frame.length - 1 })
  return (
    <Box flexDirection="column" width={world.columns} height={frame.length}>
      {frame.map((spans, row) => (
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
