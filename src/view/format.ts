import type { ClientProcess } from '../model/connection.ts'

const units = ['k', 'M', 'G', 'T'] as const

/** Bytes for a column: `812`, `4.1k`, `38M`. A thousand is 1000. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return String(bytes)
  let value = bytes
  let unit = -1
  do {
    value /= 1000
    unit++
  } while (value >= 999.5 && unit < units.length - 1)
  return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)}${units[unit]}`
}

/** With a space between the thousands: `1 234`. */
export const formatCount = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ' ')

/** `1 flow`, `40 flows`. */
export const counted = (count: number, what: string): string => `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`

/** Bytes in full: `1 234 B`. */
export const formatBytes = (bytes: number): string => `${formatCount(bytes)} B`

/** A length of time in at most seven columns, up to a hundred hours: `0.31 ms`, `38 ms`, `1.24 s`, `2m 05s`, `1h 02m`. */
export function formatDuration(ms: number): string {
  if (ms < 9.95) return `${ms.toFixed(ms < 0.995 ? 2 : 1)} ms`
  if (ms < 999.5) return `${ms.toFixed(0)} ms`
  if (ms < 59_995) return `${(ms / 1000).toFixed(2)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return inTwo(seconds, 'm', 's')
  return inTwo(Math.round(seconds / 60), 'h', 'm')
}

const inTwo = (count: number, large: string, small: string): string =>
  `${Math.floor(count / 60)}${large} ${String(count % 60).padStart(2, '0')}${small}`

/** Milliseconds since a connection opened, for the first column: `0.42`, `36.2`, `1204`. */
export const formatOffset = (ms: number): string => ms.toFixed(Math.abs(ms) < 9.995 ? 2 : Math.abs(ms) < 999.95 ? 1 : 0)

/** Local time of day of an instant in ms since the epoch: `10:22:07`. */
export function formatClock(at: number): string {
  const date = new Date(at)
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(n => String(n).padStart(2, '0')).join(':')
}

/** `curl (pid 123)`. Not printable yet. */
export const formatProcess = ({ name, pid }: ClientProcess): string => `${name} (pid ${pid})`
