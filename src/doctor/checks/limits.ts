import { type Finding, note, ok, trouble } from '../finding.ts'
import type { Surroundings } from '../surroundings.ts'

const few = 1024 // a connection takes two: a browser alone may open some hundred
const tooFew = 128
const oldest = [24, 15] as const // of Node: what package.json says

/** What Parley runs on. */
export function checkVersions({ machine }: Surroundings): readonly Finding[] {
  const { node, openssl, kernel } = machine.versions
  const [major = 0, minor = 0] = node.split('.').map(Number)
  const isOld = major < oldest[0] || (major === oldest[0] && minor < oldest[1])
  return [
    isOld
      ? trouble('Node', `${node} is too old`, `install Node ${oldest.join('.')} or newer`)
      : ok('Node', `${node}, with OpenSSL ${openssl}`),
    ok('system', kernel),
  ]
}

/** How many connections can be open at once. */
export function checkDescriptors({ machine: { descriptors } }: Surroundings): readonly Finding[] {
  if (descriptors >= few) return [ok('open files', `${Number.isFinite(descriptors) ? descriptors : 'no limit known'}`)]
  const says = `${descriptors}: about ${Math.floor(descriptors / 2)} connections at once`
  return [(descriptors < tooFew ? trouble : note)('open files', says, 'ulimit -n 4096')]
}
