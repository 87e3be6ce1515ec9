import { type Finding, note, ok, trouble } from '../finding.ts'
import type { Address, Surroundings } from '../surroundings.ts'

/** Variables that this shell hands on and that change where a program goes or whom it trusts. */
export function checkVariables(here: Surroundings): readonly Finding[] {
  const { environment } = here.machine
  const findings = looks.flatMap(({ names, look }) => {
    const set = names.filter(name => environment[name] !== undefined && environment[name] !== '')
    return set.length === 0 ? [] : look(set, environment[set[0]!]!, here)
  })
  return findings.length > 0 ? findings : [ok('variables', 'none that would lead past Parley')]
}

interface Look {
  /** Those that mean the same: the first that is set counts. */
  readonly names: readonly string[]
  look(set: readonly string[], value: string, here: Surroundings): readonly Finding[]
}

const unset = (names: readonly string[]): string => `unset ${names.join(' ')}`
const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/

const proxyLook = (name: string): Look => ({
  names: [name, name.toLowerCase()],
  look(set, value, { listen, machine: { environment } }) {
    const url = urlOf(value)
    if (!url) return [trouble(set[0]!, 'names no proxy that can be read', unset(set))]
    if (isOwn(url, listen) || url.host === environment.PARLEY) return [ok(set[0]!, `leads to Parley: ${url.host}`)]
    const remedy = `parley --upstream-proxy env goes on to it; else ${unset(set)}`
    return [note(set[0]!, `names another proxy, ${url.host}: programs go there, not to Parley`, remedy)]
  },
})

const rootsLook = (name: string): Look => ({
  names: [name],
  look(set, path, { machine, authority }) {
    const text = machine.textOf(path)
    if (text === undefined) return [trouble(name, `names ${path}, which cannot be read`, unset(set))]
    if (authority.state !== 'sound' || squeezed(text).includes(squeezed(authority.certificatePem)))
      return [ok(name, path)]
    return [note(name, `names ${path}, which has not this root`, `${unset(set)}, or start the program with parley run`)]
  },
})

const looks: readonly Look[] = [
  {
    names: ['NO_PROXY', 'no_proxy'],
    look(set, value, { machine: { environment } }) {
      const [upper = '', lower = ''] = ['NO_PROXY', 'no_proxy'].map(name => environment[name])
      if ([upper, lower].some(each => each.trim() === '*'))
        return [trouble(set[0]!, '* : no program goes through any proxy', unset(set))]
      const differ = upper !== lower && set.length === 2 ? `; ${set[1]} says otherwise: ${lower}` : ''
      return [note(set.join(' '), `${value}: these hosts are reached without Parley${differ}`, unset(set))]
    },
  },
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].map(proxyLook),
  ...['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'].map(rootsLook),
  {
    names: ['NODE_TLS_REJECT_UNAUTHORIZED'],
    look: (set, value) =>
      value === '0'
        ? [trouble(set[0]!, '0: Node programs accept every certificate, also a forged one', unset(set))]
        : [ok(set[0]!, value)],
  },
  {
    names: ['JAVA_TOOL_OPTIONS'],
    look(set, value, { machine: { environment } }) {
      if (environment.PARLEY) return [ok(set[0]!, 'set by parley run')]
      const steers = /-D(https?\.(?:proxyHost|nonProxyHosts)|socksProxyHost|javax\.net\.ssl\.trustStore)\b/.exec(value)
      if (!steers) return [ok(set[0]!, 'says nothing of proxies or trust')]
      return [note(set[0]!, `sets ${steers[1]}: Java goes by that`, `${unset(set)}, or start it with parley run`)]
    },
  },
]

function urlOf(value: string): URL | undefined {
  const text = value.includes('://') ? value.trim() : `http://${value.trim()}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.hostname ? url : undefined
}

const isOwn = ({ hostname, port }: URL, listen: Address): boolean =>
  (loopback.test(hostname) || hostname === listen.host) && Number(port || 80) === listen.port

const squeezed = (pem: string): string => pem.replace(/\s/g, '')
