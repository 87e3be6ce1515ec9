import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { OpenBrowser } from '../../launch/browser/open-browser.ts'
import { reachable } from '../../model/host-and-port.ts'
import { captureFolder } from '../../store/data-folder.ts'
import type { BrowserWords } from '../browser-words.ts'
import { CliError, note } from '../fail.ts'
import { holdKeys } from '../hold-keys.ts'
import { readProfileName, showListen } from '../option-values.ts'
import { addOptions, besideProxy, type FlagsOf, opensScreen, optional, screenOptions } from '../options.ts'
import type { Run } from '../run.ts'

const browserOptions = {
  keep: optional('--keep <name>', 'use the profile of this name, and keep it', readProfileName),
  ...screenOptions,
  tui: { ...screenOptions.tui, says: 'record without a screen until the browser is closed' },
  ...besideProxy,
}
type BrowserFlags = FlagsOf<typeof browserOptions>

/** `parley browser [NAME|PATH] [URL]`: a browser that is set up for Parley, and goes with it. */
export function addBrowser(program: Command): void {
  const command = program
    .command('browser')
    .description('open a browser that goes through Parley, with a profile of its own')
    .argument('[words...]', 'names or paths of browsers, and a URL; arguments for the browser after --')
    .usage('[options] [NAME|PATH...] [URL] [-- ARGS]')
  addOptions(command, browserOptions).action(browse)
}

async function browse(words: readonly string[], flags: BrowserFlags): Promise<void> {
  const { readBrowserWords } = await import('../browser-words.ts')
  const { thisMachine } = await import('../../launch/browser/machine.ts')
  const { undoLeftBehind } = await import('../open-journal.ts')
  const what = readBrowserWords(words, process.argv, thisMachine())
  refuseWithoutDisplay(what.extra)
  await undoLeftBehind() // a kept profile may still be in use
  const onScreen = opensScreen(flags)
  const handOver = onScreen ? holdKeys() : undefined
  const { endSignal, startRun } = await import('../running.ts')
  const { runOptions } = await import('../run-options.ts')
  const asked = endSignal() // before there is anything to save
  const run = await startRun(runOptions(flags, {}, onScreen ? 'recording' : 'record'))
  const browsers = await openAll(run, what, flags).catch(async error => {
    await run.close()
    throw error
  })
  const closed = Promise.all(browsers.map(browser => browser.ended))
  if (onScreen) {
    for (const browser of browsers) void browser.ended.then(why => run.log(why ?? `${browser.title} was closed`))
    await (await import('../screen.ts')).runScreen(run, { ...flags, handOver }, asked)
  } else {
    note(`listening on ${showListen(run)}, writing ${run.capturePath}; ends when the browser is closed`)
    await Promise.race([asked, closed])
  }
  const failed = await Promise.race([closed, Promise.resolve([])])
  for (const closing of await Promise.allSettled(browsers.map(browser => browser.close())))
    if (closing.status === 'rejected') note((closing.reason as Error).message) // the next start tries again
  await run.close()
  note(`capture saved to ${run.capturePath}`)
  const [why] = failed.filter(each => each !== undefined)
  if (why !== undefined) throw new CliError(why)
}

/** All of them, or none. */
async function openAll(run: Run, what: BrowserWords, flags: BrowserFlags): Promise<readonly OpenBrowser[]> {
  const { openBrowser } = await import('../../launch/browser/open-browser.ts')
  const { openAuthority } = await import('../../../ca/index.ts')
  const { openJournal } = await import('../open-journal.ts')
  const journal = openJournal()
  const privileged = process.getuid?.() === 0
  if (privileged && what.browsers.some(({ family }) => family === 'chromium'))
    note('you are root, so the browser runs without its sandbox (--no-sandbox)')
  const visit = {
    proxy: { host: reachable(run.host), port: run.port },
    root: await openAuthority(flags.caDir),
    environment: process.env,
    platform: process.platform,
    home: homedir(),
    extra: what.extra,
    privileged,
    ...(what.url !== undefined && { url: what.url }),
    ...(flags.keep !== undefined && { keep: { name: flags.keep, folder: join(captureFolder(), '..', 'profiles') } }),
  }
  const opening = await Promise.allSettled(what.browsers.map(browser => openBrowser(journal, browser, visit)))
  const open = opening.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []))
  const failed = opening.find(each => each.status === 'rejected')
  if (!failed) return open
  await Promise.all(open.map(browser => browser.close()))
  throw new CliError((failed.reason as Error).message)
}

function refuseWithoutDisplay(extra: readonly string[], { DISPLAY, WAYLAND_DISPLAY } = process.env): void {
  if (process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY || extra.some(each => /^--?headless/.test(each)))
    return
  throw new CliError('there is no display for a window; to run the browser without one: parley browser … -- --headless')
}
