import { type Capture, openCapture } from '../store/capture.ts'
import { showListen } from './options.ts'
import type { Session } from './session.ts'

/** Shows a capture on the terminal until the person leaves: one that a session writes, or an earlier one. */
export async function runScreen(source: Session | Capture): Promise<void> {
  const { runTui } = await import('../tui/run-tui.tsx') // Ink and React cost a quarter of the start
  if (!('port' in source)) {
    const status = { recording: false, capturePath: source.info().path }
    return runTui({ capture: source, status, actions: {} })
  }
  const listen = showListen(source)
  const capture = openCapture(source.capturePath)
  try {
    await runTui({
      capture,
      subscribe: changed => source.onChange(changed),
      status: { listen, recording: true, capturePath: source.capturePath },
      actions: {
        passThrough(host) {
          source.passThrough(host)
          return `New connections to ${host} are passed through unread; those that are open stay as they are.`
        },
      },
      hints: [
        { what: 'one request', command: `curl -x http://${listen} --cacert "$(parley ca path)" https://example.com/` },
        { what: 'everything at once', command: 'parley demo' },
      ],
    })
  } finally {
    capture.close() // before the writer, so that it can fold the log into one file
  }
}
