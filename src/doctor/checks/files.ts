import { basename, dirname } from 'node:path'
import { type Finding, note, ok, trouble } from '../finding.ts'
import type { Machine, Surroundings } from '../surroundings.ts'

const gigabyte = 1e9
const others = 0o077 // permissions of everybody else

/** Whether captures can be written, and whether only this user can read them. */
export function checkCaptures({ machine, captures: { folder, paths } }: Surroundings): readonly Finding[] {
  const state = machine.stateOf(folder)
  if (!state) return [notMade(machine, folder), ...room(machine, parentOf(machine, folder))]
  const findings: Finding[] = []
  if (!machine.canWrite(folder))
    findings.push(trouble('captures', `you may not write to ${folder}`, owned(machine, folder)))
  else if (isOpen(machine, folder))
    findings.push(note('captures', `others may list ${folder} until the next run`, `chmod 700 ${shellWord(folder)}`))
  else findings.push(ok('captures', folder))
  const open = paths.filter(path => isOpen(machine, path))
  const [first] = open
  if (first !== undefined) {
    const says = `others may read ${basename(first)}${open.length > 1 ? ` and ${open.length - 1} more` : ''}`
    findings.push(trouble('captures', says, `chmod 600 ${shellWord(folder)}/*`))
  }
  return [...findings, ...room(machine, folder)]
}

/** Whether the file of settings is one. */
export function checkConfig({ config: { path, there, complaint } }: Surroundings): readonly Finding[] {
  if (complaint !== undefined) return [trouble('config file', complaint, `mend or move away ${path}`)]
  return [ok('config file', there ? path : `none at ${path}`)]
}

const notMade = (machine: Machine, folder: string): Finding =>
  machine.canWrite(parentOf(machine, folder))
    ? ok('captures', `${folder}: the first run makes it`)
    : trouble('captures', `you may not make ${folder}`, 'parley --capture FILE, or set XDG_DATA_HOME')

/** The nearest folder above that is there. */
function parentOf(machine: Machine, folder: string): string {
  let parent = dirname(folder)
  while (!machine.stateOf(parent) && parent !== dirname(parent)) parent = dirname(parent)
  return parent
}

function isOpen(machine: Machine, path: string): boolean {
  const state = machine.stateOf(path)
  return machine.platform !== 'win32' && state !== undefined && (state.mode & others) !== 0
}

function room(machine: Machine, folder: string): readonly Finding[] {
  const free = machine.roomIn(folder)
  if (free === undefined) return []
  const says = `${(free / gigabyte).toFixed(1)} GB free`
  if (free >= gigabyte) return [ok('disk', says)]
  return [(free < gigabyte / 10 ? trouble : note)('disk', says, 'parley --disk-limit 100m, or make room')]
}

const owned = ({ platform }: Machine, folder: string): string =>
  platform === 'win32' ? `take ownership of ${folder}` : `sudo chown -R "$(id -u)" ${shellWord(folder)}`

const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
