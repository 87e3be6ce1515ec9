import { type Finding, note, ok, trouble } from '../finding.ts'
import type { Surroundings } from '../surroundings.ts'

const loopback = /^(?:127(?:\.\d{1,3}){3}|::1)$/

/** Names that have to lead to this machine. The system's resolver is asked, as most programs do. */
export async function checkNames({ machine }: Surroundings): Promise<readonly Finding[]> {
  const { hostName } = machine
  const [local = [], below = [], own = []] = await Promise.all(
    ['localhost', 'parley.localhost', hostName].map(name => machine.addressesOf(name)),
  )
  return [localhost(local), subdomain(below), ownName(hostName, own)]
}

function localhost(addresses: readonly string[]): Finding {
  const mend = 'in the hosts file: 127.0.0.1 localhost'
  if (addresses.length === 0) return trouble('localhost', 'does not resolve', mend)
  const strange = addresses.find(address => !loopback.test(address))
  if (strange !== undefined) return trouble('localhost', `leads to ${strange}, which is not this machine`, mend)
  return ok('localhost', addresses.join(', '))
}

function subdomain(addresses: readonly string[]): Finding {
  if (addresses.length > 0 && addresses.every(address => loopback.test(address)))
    return ok('*.localhost', addresses.join(', '))
  const says = addresses.length === 0 ? 'does not resolve' : `leads to ${addresses[0]}`
  return note('*.localhost', `${says} here, only in browsers and curl`, 'parley --resolve NAME.localhost:127.0.0.1')
}

function ownName(name: string, addresses: readonly string[]): Finding {
  if (addresses.length > 0) return ok('host name', `${name}: ${addresses.join(', ')}`)
  return note(
    'host name',
    `${name} does not resolve: programs that look themselves up wait`,
    `in the hosts file: 127.0.1.1 ${name}`,
  )
}
