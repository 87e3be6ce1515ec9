import { formatCount, formatDuration } from '../../view/format.ts'

export interface Progress {
  /** So many flows more were passed. */
  passed(flows: number): void
  /** Takes the line away. */
  end(): void
}

interface Screen {
  readonly isTTY?: boolean | undefined
  write(text: string): unknown
}

const every = 200 // ms
const silent = 500 // ms: what is done sooner needs no word

/** A line on a terminal's stderr with how far an export is, how fast and how long it still takes; nothing where there is no terminal. */
export function openProgress(
  total: number,
  screen: Screen = process.stderr,
  now = performance.now.bind(performance),
): Progress {
  if (!screen.isTTY) return { passed() {}, end() {} }
  const startedAt = now()
  let done = 0
  let drawnAt = startedAt + silent - every
  let drawn = false
  return {
    passed(flows) {
      done += flows
      const at = now()
      if (at - drawnAt < every) return
      drawnAt = at
      drawn = true
      screen.write(`\r\x1b[K${progressLine(done, total, at - startedAt)}`)
    },
    end() {
      if (drawn) screen.write('\r\x1b[K')
    },
  }
}

/** `parley: 1 200 of 5 000 flows, 600 a second, 6.33 s left`. `ms` since it began. */
export function progressLine(done: number, total: number, ms: number): string {
  const rate = (done / Math.max(1, ms)) * 1000
  const left = rate > 0 ? `, ${formatDuration((Math.max(0, total - done) / rate) * 1000)} left` : ''
  return `parley: ${formatCount(done)} of ${formatCount(Math.max(done, total))} flows, ${formatCount(Math.round(rate))} a second${left}`
}
