import { type Instance, render } from 'ink'
import { App } from './app.tsx'
import type { Session } from './session.ts'
import type { Theme } from './theme.ts'

export interface Streams {
  readonly stdout: NodeJS.WriteStream
  readonly stdin: NodeJS.ReadStream
}

/** Draws the session on a screen of its own, at most 30 times a second and only the lines that changed. */
export const mount = (session: Session, theme: Theme, { stdout, stdin }: Streams): Instance =>
  render(<App session={session} theme={theme} />, {
    stdout,
    stdin,
    exitOnCtrlC: false,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 30,
    interactive: stdout.isTTY === true,
  })
