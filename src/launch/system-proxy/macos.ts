import { hostAndPort } from '../../model/host-and-port.ts'
import { type Address, ask, type Desktop, type Surroundings, SystemProxyError } from './desktop.ts'

/** The settings of a network service, and what networksetup calls them, in the order in which they are set. */
const kinds = ['proxybypassdomains', 'webproxy', 'securewebproxy', 'autoproxy', 'proxyautodiscovery'] as const
type Kind = (typeof kinds)[number]

/** macOS: each network service that is on, by networksetup. Settings are named `kind service`. */
export function macos(here: Surroundings): Desktop {
  const run = (what: string, ...args: readonly string[]): string => ask(here, 'networksetup', `-${what}`, ...args)
  return {
    name: 'macos',
    title: 'macOS',
    isHere: () => here.platform === 'darwin',
    read() {
      const names = servicesIn(run('listallnetworkservices')).flatMap(service =>
        kinds.map(kind => `${kind} ${service}`),
      )
      return Object.fromEntries(names.map(name => [name, readOne(name, run)]))
    },
    through(address, now) {
      const secret = Object.keys(now).find(name => now[name]?.endsWith(withPassword))
      if (secret !== undefined)
        throw new SystemProxyError(`${partsOf(secret)[1]} has a proxy with a password, which could not be restored`)
      return Object.fromEntries(Object.keys(now).map(name => [name, setTo(partsOf(name)[0], address)]))
    },
    write(name, value) {
      for (const [what, ...args] of writing(...partsOf(name), value ?? '')) run(what, ...args)
    },
    describe(now) {
      const through = Object.entries(now).flatMap(([name, value]) => {
        const [kind, service] = partsOf(name)
        return value?.startsWith('on') && kind !== 'proxybypassdomains' ? [`${service}: ${inWords(kind, value)}`] : []
      })
      return through.length === 0 ? 'none' : [...new Set(through)].join(', ')
    },
  }
}

const withPassword = ' password'

const partsOf = (name: string): readonly [kind: Kind, service: string] => {
  const at = name.indexOf(' ')
  return [name.slice(0, at) as Kind, name.slice(at + 1)]
}

/** The first line explains the asterisk before the services that are off. */
const servicesIn = (printed: string): readonly string[] =>
  printed
    .split('\n')
    .slice(1)
    .filter(service => service !== '' && !service.startsWith('*'))

type Run = (what: string, ...args: readonly string[]) => string

function readOne(name: string, run: Run): string {
  const [kind, service] = partsOf(name)
  if (kind === 'proxybypassdomains') {
    const printed = run('getproxybypassdomains', service).trim()
    return printed.startsWith("There aren't any") ? '' : printed
  }
  if (kind === 'proxyautodiscovery') return /: On$/m.test(run('getproxyautodiscovery', service)) ? 'on' : 'off'
  const printed = run(kind === 'autoproxy' ? 'getautoproxyurl' : `get${kind}`, service)
  const field = (label: string): string => new RegExp(`^${label}: *(.*)$`, 'm').exec(printed)?.[1]?.trim() ?? ''
  const state = field('Enabled') === 'Yes' ? 'on' : 'off'
  if (kind === 'autoproxy') return state
  if (field('Server') === '') return state
  const secret = field('Authenticated Proxy Enabled') === '1' ? withPassword : ''
  return `${state} ${field('Server')} ${field('Port')}${secret}`
}

const setTo = (kind: Kind, { host, port }: Address): string =>
  ({
    proxybypassdomains: '',
    webproxy: `on ${host} ${port}`,
    securewebproxy: `on ${host} ${port}`,
    autoproxy: 'off',
    proxyautodiscovery: 'off',
  })[kind]

/** The calls that make a setting what it is to be. */
function writing(kind: Kind, service: string, value: string): readonly (readonly [string, ...string[]])[] {
  if (kind === 'proxybypassdomains')
    return [['setproxybypassdomains', service, ...(value === '' ? ['Empty'] : value.split('\n'))]]
  const [state = 'off', host = '', port = '0'] = value.split(' ')
  if (kind === 'proxyautodiscovery') return [[`set${kind}`, service, state]]
  const turned = [`set${kind}state`, service, state] as const
  return kind === 'autoproxy' ? [turned] : [[`set${kind}`, service, host, port], turned] // an address turns it on
}

function inWords(kind: Kind, value: string): string {
  if (kind === 'autoproxy') return 'PAC'
  if (kind === 'proxyautodiscovery') return 'found by WPAD'
  const [, host, port] = value.split(' ')
  return host === undefined ? 'on, without a server' : hostAndPort({ host, port: Number(port) })
}
