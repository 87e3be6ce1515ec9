import { formatDuration, formatSize } from '../../view/format.ts'
import type { Importing } from './start-import.ts'

interface Screen {
  readonly isTTY?: boolean | undefined
  write(text: string): unknown
}

const silent = 500 // ms: what is done sooner needs no word

/** `42 % of 1.1 GB read, 120 MB a second, 5.2 s left`; `ms` since it began. */
export function progressLine(read: number, of: number, ms: number): string {
  const rate = (read / Math.max(1, ms)) * 1000
  const share = of === 0 ? 100 : Math.min(100, Math.floor((read / of) * 100))
  const left = rate > 0 ? `, ${formatDuration((Math.max(0, of - read) / rate) * 1000)} left` : ''
  return `${share} % of ${formatSize(of)} read, ${formatSize(Math.round(rate))} a second${left}`
}

/** Tells `say` from time to time how far an import is, if it takes long. Returns how to stop. */
export function followProgress(
  importing: Pick<Importing, 'onProgress'>,
  say: (line: string) => void,
  now = performance.now.bind(performance),
): () => void {
  const startedAt = now()
  return importing.onProgress((read, of) => {
    const ms = now() - startedAt
    if (ms >= silent) say(progressLine(read, of, ms))
  })
}

/** A line on a terminal's stderr; nothing where there is no terminal. Returns what takes it away. */
export function drawProgress(importing: Pick<Importing, 'onProgress'>, screen: Screen = process.stderr): () => void {
  if (!screen.isTTY) return () => {}
  let drawn = false
  const stop = followProgress(importing, line => {
    drawn = true
    screen.write(`\r\x1b[Kparley: ${line}`)
  })
  return () => {
    stop()
    if (drawn) screen.write('\r\x1b[K')
  }
}
