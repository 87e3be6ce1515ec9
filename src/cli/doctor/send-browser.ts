import { homedir } from 'node:os'
import type { Visit } from '../../doctor/visit.ts'
import type { FoundBrowser } from '../../launch/browser/find-browser.ts'
import { type Visit as BrowserVisit, openBrowser } from '../../launch/browser/open-browser.ts'
import { openJournal } from '../open-journal.ts'
import type { Sending } from './send-program.ts'

const limit = 60_000 // ms: the first start of a profile takes its time
const patience = 1000 // ms

const remedies: Readonly<Record<FoundBrowser['family'], string>> = {
  chromium: 'look at chrome://policy for a proxy or certificates that are set for all',
  firefox: 'look at about:policies for a proxy or certificates that are set for all',
}

/** Has a browser open the URL as `parley browser` would, without a window. It is closed when its request has come. Never rejects. */
export async function sendBrowser(
  browser: FoundBrowser,
  { url, heard, stop, environment, ...place }: Sending & Pick<BrowserVisit, 'proxy' | 'root'>,
): Promise<Visit> {
  const about = { name: browser.name, path: browser.command, remedy: remedies[browser.family] }
  const startedAt = performance.now()
  const end = AbortSignal.any([stop, AbortSignal.timeout(limit)])
  try {
    const { platform } = process
    const privileged = process.getuid?.() === 0
    const visit = { ...place, url, environment, platform, privileged, home: homedir(), extra: ['--headless'] }
    const open = await openBrowser(openJournal(), browser, visit)
    const version = await Promise.race([heard, open.ended.then(() => undefined), aborted(end)])
    const after = performance.now() - startedAt
    const said = (await Promise.race([open.ended, undefined])) ?? ''
    await open.close(patience)
    return { ...about, timedOut: end.aborted, said, ...(version !== undefined && { heard: { version, after } }) }
  } catch (error) {
    return { ...about, timedOut: false, said: (error as Error).message }
  }
}

const aborted = (signal: AbortSignal): Promise<undefined> =>
  new Promise(resolve => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
