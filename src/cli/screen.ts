import { parseFilter } from '../filter/parser.ts'
import { clipboardTools, fillClipboard } from '../launch/clipboard.ts'
import { editorOf, keepFile, openBeside, openHere, pagerOf, rewriteHere, viewerOf } from '../launch/open-file.ts'
import { hostAndPort } from '../model/host-and-port.ts'
import { isLoopback } from '../proxy/entrance/address-ranges.ts'
import { reachableAt } from '../proxy/site/addresses.ts'
import { type Capture, openCapture } from '../store/capture.ts'
import { writeNote } from '../store/notes.ts'
import type { Actions, Status } from '../tui/actions.ts'
import type { TuiOptions } from '../tui/run-tui.tsx'
import { decodedBody } from '../view/body/decoded.ts'
import { inflatedMessages } from '../view/frames/websocket-inflate.ts'
import { commandShape } from './command-shape.ts'
import { configPath } from './config-file.ts'
import { exportsHere, formatsHere } from './export/exports-here.ts'
import { hearNotes, holdNotes } from './fail.ts'
import { toRecord, toSend, waysIn } from './first-steps.ts'
import { followProgress } from './importing/import-progress.ts'
import type { Importing } from './importing/start-import.ts'
import { keepOption } from './keep-option.ts'
import { readTargets, showListen, showServer } from './option-values.ts'
import type { ScreenFlags } from './options.ts'
import { ownRequests } from './replay/own-requests.ts'
import type { RulesHere } from './rules-here.ts'
import type { Run } from './run.ts'

const ofThisTerminal: Pick<Actions, 'copy' | 'save' | 'edit' | 'rewrite' | 'view' | 'stop'> = {
  copy: text => fillClipboard(text, clipboardTools(process.env)),
  save: text => keepFile({ name: 'copied.txt', bytes: Buffer.from(text) }),
  edit: file => openHere(editorOf(process.env), file),
  rewrite: file => rewriteHere(editorOf(process.env), file),
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

interface ShownFlags extends ScreenFlags {
  readonly config?: string | undefined
  /** Hands over what was typed before the screen was up. */
  readonly handOver?: (() => void) | undefined
  /** The root certificate was made for this run. */
  readonly firstRun?: boolean | undefined
  /** The capture grows yet: it is made of other files. */
  readonly importing?: Importing | undefined
}

/** How the screen follows a capture that is made of other files. */
function growing(importing: Importing): Pick<TuiOptions, 'subscribe' | 'says'> {
  return {
    subscribe: changed => importing.onChange(changed),
    says(say) {
      let progressed = false
      const progress = (line: string): void => {
        progressed = true
        say(line)
      }
      const stop = [followProgress(importing, progress), importing.onSaid(say)]
      importing.done.then(
        () => progressed && say('All of it is read.'),
        (error: Error) => say(error.message),
      )
      return () => {
        for (const each of stop) each()
      }
    },
  }
}

/** What can be done about the hosts that are passed through. */
function passing(
  run: Run,
  config = configPath(process.env),
): Pick<Actions, 'passThrough' | 'observe' | 'keepPassThrough'> {
  return {
    passThrough(pattern) {
      readTargets(pattern, [])
      run.passThrough(pattern)
      return `New connections to ${pattern} are passed through unread. :keep-passing keeps that for the next time.`
    },
    observe(pattern) {
      run.observe(pattern)
      return `New connections to ${pattern} are opened again.`
    },
    keepPassThrough() {
      keepOption(config, 'pass-through', [...run.passedThrough])
      return `${config} has the hosts that are passed through now: ${run.passedThrough.size}.`
    },
  }
}

/** What can be done with messages that wait. */
const holding = ({ holds }: Run): Pick<Actions, 'intercept' | 'decide' | 'letAllGo'> => ({
  intercept(filter) {
    parseFilter(filter) // throws what the person is told
    holds.intercept(filter)
  },
  decide: (id, decision) => holds.decide(id, decision),
  letAllGo: () => holds.letAllGo(),
})

/** What can be done with the rules. */
const ruling = (rules: RulesHere): Pick<Actions, 'setRules' | 'keepRules'> => ({
  setRules: all => rules.set(all),
  keepRules: () => rules.keep(),
})

/** Where Parley's own site is reached without the proxy. */
const siteOf = ({ host, port }: Run): NonNullable<Status['site']> => ({
  urls: reachableAt(host).map(address => `http://${hostAndPort({ host: address, port })}/`),
  isLocal: isLoopback(host),
})

/** Shows a capture on the terminal until the person leaves, or the program is `asked` to end: one that a run writes, or an earlier one. */
export async function runScreen(
  source: Run | Capture,
  { proto, theme, config, handOver, firstRun, importing }: ShownFlags,
  asked?: Promise<unknown>,
): Promise<void> {
  const { runTui } = await import('../tui/run-tui.tsx') // Ink and React cost a quarter of the start
  const shared = { schema: proto, ...(theme && { theme }), ...(asked && { asked }), ...(handOver && { handOver }) }
  const command = commandShape({ environment: process.env, argv: process.argv })
  if (!('port' in source)) {
    const status = { recording: false, capturePath: source.info().path, command, exports: formatsHere }
    return runTui({
      ...shared,
      capture: source,
      status,
      hints: toRecord(command),
      ...(importing && growing(importing)),
      actions: {
        ...ofThisTerminal,
        ...exportsHere(status.capturePath),
        note: (flow, note) => writeNote(status.capturePath, flow, note),
      },
    })
  }
  const { RulesHere } = await import('./rules-here.ts')
  const rules = new RulesHere(source, source.ruleWishes)
  const listen = showListen(source)
  const here = { command, listen: source }
  const { knownDesktops } = await import('../launch/system-proxy/desktops.ts')
  const capture = openCapture(source.capturePath, { decode: { body: decodedBody, messages: inflatedMessages } })
  const release = holdNotes()
  try {
    await runTui({
      ...shared,
      capture,
      subscribe: changed => source.onChange(changed),
      troubles: troubled => source.onTrouble(troubled),
      holding: source.holds.onChange,
      says: hearNotes,
      status: {
        listen,
        recording: true,
        capturePath: source.capturePath,
        command,
        passedThrough: source.passedThrough,
        holds: source.holds,
        rules,
        exports: formatsHere,
        site: siteOf(source),
      },
      actions: {
        ...ofThisTerminal,
        ...passing(source, config),
        ...holding(source),
        requests: ownRequests(capture, source.send),
        ...ruling(rules),
        ...exportsHere(source.capturePath),
        log: text => source.log(text),
        note(flow, note) {
          source.note(flow, note)
          source.log(`flow ${flow}: ${note.marked ? 'marked' : 'not marked'}${note.comment ? `, ${note.comment}` : ''}`)
        },
      },
      hints: [
        ...toSend(
          here,
          knownDesktops().some(desktop => desktop.isHere()),
        ),
        ...source.reverse.map(({ server, ...door }) => ({
          what: `in the place of ${showServer(server)}`,
          command: `curl --cacert "$(${command} ca path)" https://${showListen(door)}/`,
        })),
      ],
      ...(firstRun && { welcome: waysIn(here) }),
    })
  } finally {
    await source.holds.end()
    capture.close() // before the writer, so that it can fold the log into one file
    release()
  }
}
