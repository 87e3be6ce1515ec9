import { hostAndPort } from '../../model/host-and-port.ts'
import { type Address, ask, type Desktop, isOnPath, isSessionOf, type Settings, type Surroundings } from './desktop.ts'

const schema = 'org.gnome.system.proxy'
/** Desktops whose programs follow GNOME's settings, Chromium on them too. */
const followers = ['gnome', 'unity', 'x-cinnamon', 'cinnamon', 'budgie', 'pantheon', 'deepin', 'ukui', 'cosmic', 'mate']

/** GNOME and its kin: dconf, by gsettings. Settings are named `schema key`, their values are GVariants in text. */
export function gnome(here: Surroundings): Desktop {
  const get = (name: string): string => ask(here, 'gsettings', 'get', ...place(name)).trim()
  return {
    name: 'gnome',
    title: 'GNOME',
    isHere: () => isSessionOf(here, followers) && isOnPath(here, 'gsettings'),
    read() {
      const names = [...Object.keys(through({ host: '', port: 0 })), autoconfig]
      return Object.fromEntries(names.map(name => [name, get(name)]))
    },
    through,
    write(name, value) {
      ask(here, 'gsettings', 'reset', ...place(name)) // what was a default shall not stay behind as a person's choice
      if (value !== null && get(name) !== value) ask(here, 'gsettings', 'set', ...place(name), value)
    },
    describe(now) {
      const mode = unquoted(now[`${schema} mode`])
      if (mode === 'auto') return `PAC ${unquoted(now[autoconfig])}`
      if (mode !== 'manual') return 'none'
      const of = (scheme: string): string =>
        hostAndPort({
          host: unquoted(now[`${schema}.${scheme} host`]),
          port: Number(now[`${schema}.${scheme} port`]),
        })
      return [...new Set([of('http'), of('https')])].join(', ')
    },
  }
}

const autoconfig = `${schema} autoconfig-url`
const place = (name: string): readonly string[] => name.split(' ')
const unquoted = (value: string | null | undefined): string => (value ?? '').replace(/^'(.*)'$/, '$1')

function through({ host, port }: Address): Settings {
  return {
    [`${schema}.http host`]: `'${host}'`,
    [`${schema}.http port`]: String(port),
    [`${schema}.https host`]: `'${host}'`,
    [`${schema}.https port`]: String(port),
    [`${schema} ignore-hosts`]: '@as []',
    [`${schema} mode`]: "'manual'",
  }
}
