import type { Command } from 'commander'
import { note } from '../fail.ts'
import { addOptions, type FlagsOf, gathered, proxyOptions, systemOptions, toggle } from '../options.ts'

const serveOptions = {
  through: toggle('--through', 'ask the server for what was not recorded, instead of answering 502'),
  match: gathered(
    '--match <header>',
    'this header must be as recorded too, besides method, URL and body',
    (name, before) => [...before, name.toLowerCase()],
    [] as readonly string[],
  ),
  json: toggle('--json', 'print what happens as JSON, one event a line'),
  ...proxyOptions,
  ...systemOptions,
}
type ServeFlags = FlagsOf<typeof serveOptions>

/** `parley serve CAPTURE`: the proxy, with a capture, or what others recorded, in the place of all servers. */
export function addServe(program: Command): void {
  const command = program
    .command('serve')
    .description('answer clients from a capture, without a server, until Ctrl-C or SIGTERM')
    .argument('<capture>', 'capture, or a name that parley open lists; or a .har, .pcap or .pcapng file')
  addOptions(command, serveOptions).action(serve)
}

async function serve(name: string, flags: ServeFlags): Promise<void> {
  const { openWhole } = await import('../importing/open-files.ts')
  const opened = await openWhole([name], {}) // what is wrong with it is said before anything listens
  try {
    const { path } = opened.capture.info()
    await answerFrom(path, opened.importing ? name : path, flags)
  } finally {
    await opened.close()
  }
}

async function answerFrom(path: string, name: string, flags: ServeFlags): Promise<void> {
  const { endSignal, startRun } = await import('../running.ts')
  const { runOptions } = await import('../run-options.ts')
  const { noteListening } = await import('../note-listening.ts')
  const asked = endSignal()
  const { through = false, match } = flags
  const options = runOptions(flags, { offline: true }, 'record')
  const run = await startRun({ ...options, serving: { capture: path, through, match } }, flags)
  note(`answering from ${name}${through ? '; what is not there is asked of its server' : ''}`)
  if (flags.json) await (await import('../events/print-events.ts')).printEvents(run, flags, asked)
  else {
    noteListening(run)
    await asked
    await run.close()
  }
  note(`what was asked is in ${run.capturePath}`)
}
