import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Capture } from '../store/capture.ts'
import { listCaptures } from '../store/capture-files.ts'
import { captureFolder } from '../store/data-folder.ts'
import { formatCount, formatSize } from '../view/format.ts'
import { printable } from '../view/printable.ts'
import { pad } from '../view/width.ts'

const end = '.parley'
const mostHosts = 3

/** The file that a person means: a path, or a name from the list of captures; for its bodies, the capture itself. */
export function capturePath(text: string, folder = captureFolder()): string {
  const capture = text.replace(/-bodies$/, '')
  if (capture !== text && existsSync(capture)) return capture
  if (existsSync(text) || basename(text) !== text) return text
  return [join(folder, text), join(folder, text + end)].find(path => existsSync(path)) ?? text
}

/** The captures of the data folder, newest first, a line each: name, when it began, size, flows, hosts. */
export function captureLines(open: (path: string) => Capture, folder = captureFolder()): readonly string[] {
  const rows = listCaptures(folder).map(path => [basename(path, end), ...about(open, path)])
  return rows.length === 0 ? [] : [head, ...rows].map(drawn)
}

const head = ['name', 'began', 'size', 'flows', 'hosts'] as const
const columns = [22, 16, 6, 8] as const

const drawn = ([name = '', began = '', size = '', flows = '', hosts = '']: readonly string[]): string => {
  const wide = `${name.padEnd(columns[0])}  ${pad(began, columns[1])}`
  return `${wide}  ${pad(size, columns[2], 'left')}  ${pad(flows, columns[3], 'left')}  ${hosts}`.trimEnd()
}

/** The same for programs: captures.schema.json describes every member. */
export const capturesJson = (open: (path: string) => Capture, folder = captureFolder()): readonly object[] =>
  listCaptures(folder).map(path => {
    const named = { version: 1, name: basename(path, end), path }
    try {
      const capture = open(path)
      try {
        const { startedAt, size, flows, connections, failed } = capture.info()
        const told = { startedAt: new Date(startedAt).toISOString(), size, flows, connections, failed }
        return { ...named, ...told, hosts: hostNames(capture) }
      } finally {
        capture.close()
      }
    } catch (error) {
      return { ...named, problem: (error as Error).message }
    }
  })

function about(open: (path: string) => Capture, path: string): readonly string[] {
  try {
    const capture = open(path)
    try {
      const { startedAt, size, flows } = capture.info()
      return [began(startedAt), formatSize(size), formatCount(flows), hostsOf(capture)]
    } finally {
      capture.close()
    }
  } catch (error) {
    return ['', '', '', printable((error as Error).message)]
  }
}

function began(at: number): string {
  const date = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Those with the most flows. */
function hostsOf(capture: Capture): string {
  const names = hostNames(capture)
  const more = names.length - mostHosts
  return printable(`${names.slice(0, mostHosts).join(' ')}${more > 0 ? ` +${more}` : ''}`)
}

function hostNames(capture: Capture): readonly string[] {
  const nodes = capture.hosts().toSorted((a, b) => b.flows - a.flows)
  return [...new Set(nodes.map(({ name }) => name.replace(/^\w+:\/\//, '')))]
}
