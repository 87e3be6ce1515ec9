import { editorOf, openBeside, openHere, pagerOf, viewerOf } from '../launch/open-file.ts'
import { type Capture, openCapture } from '../store/capture.ts'
import { writeNote } from '../store/notes.ts'
import type { Actions } from '../tui/actions.ts'
import { decodedBody } from '../view/body/decoded.ts'
import { inflatedMessages } from '../view/frames/websocket-inflate.ts'
import { holdNotes } from './fail.ts'
import { showListen } from './option-values.ts'
import type { ScreenFlags } from './options.ts'
import type { Run } from './run.ts'

const ofThisTerminal: Pick<Actions, 'edit' | 'view' | 'stop'> = {
  edit: file => openHere(editorOf(process.env), file),
  view(file) {
    const viewer = viewerOf(process.env)
    return viewer ? openBeside(viewer, file) : openHere(pagerOf(process.env), file)
  },
  ...(process.platform !== 'win32' && { stop: stopJob }),
}

/** As Ctrl-Z does outside raw mode. Where no shell could continue us the system lets the signal fall, and we go on. */
async function stopJob(): Promise<void> {
  process.kill(0, 'SIGTSTP')
  await new Promise(resolve => setTimeout(resolve, 100)) // the signal comes meanwhile; stopped time counts
}

/** Shows a capture on the terminal until the person leaves, or the program is `asked` to end: one that a run writes, or an earlier one. */
export async function runScreen(
  source: Run | Capture,
  { proto, theme }: ScreenFlags,
  asked?: Promise<unknown>,
): Promise<void> {
  const { runTui } = await import('../tui/run-tui.tsx') // Ink and React cost a quarter of the start
  const shared = { schema: proto, ...(theme && { theme }), ...(asked && { asked }) }
  if (!('port' in source)) {
    const status = { recording: false, capturePath: source.info().path }
    return runTui({
      ...shared,
      capture: source,
      status,
      actions: { ...ofThisTerminal, note: (flow, note) => writeNote(status.capturePath, flow, note) },
    })
  }
  const listen = showListen(source)
  const capture = openCapture(source.capturePath, { decode: { body: decodedBody, messages: inflatedMessages } })
  const release = holdNotes()
  try {
    await runTui({
      ...shared,
      capture,
      subscribe: changed => source.onChange(changed),
      troubles: troubled => source.onTrouble(troubled),
      status: { listen, recording: true, capturePath: source.capturePath },
      actions: {
        ...ofThisTerminal,
        note: (flow, note) => source.note(flow, note),
        passThrough(host) {
          source.passThrough(host)
          return `New connections to ${host} are passed through unread.`
        },
      },
      hints: [
        { what: 'one request', command: `curl -x ${listen} --cacert "$(parley ca path)" https://example.com/` },
        { what: 'everything at once', command: 'parley demo' },
      ],
    })
  } finally {
    capture.close() // before the writer, so that it can fold the log into one file
    release()
  }
}
