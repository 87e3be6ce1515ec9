import { hostAndPort } from '../../model/host-and-port.ts'
import { type Finding, note, ok, trouble } from '../finding.ts'
import type { Address, Machine, Surroundings } from '../surroundings.ts'

const what = 'address'

/** Whether the proxy can listen where it is to, and who is there if it cannot. */
export async function checkPort({ machine, listen }: Surroundings): Promise<readonly Finding[]> {
  const where = hostAndPort(listen)
  const why = await machine.whyTaken(listen)
  if (why === undefined) return [ok(what, `${where} is free`)]
  if (why === 'EACCES')
    return [trouble(what, `you may not listen on ${where}: ports below 1024 need privileges`, other(8080, listen))]
  if (why !== 'EADDRINUSE') return [trouble(what, `${where} is no address of this machine (${why})`, other(8080))]
  const holder = await machine.holderOf(listen)
  if (holder && isParley(holder.command)) return [ok(what, `Parley itself listens on ${where} (pid ${holder.pid})`)]
  const who = holder ? `${holder.name} (pid ${holder.pid})` : 'a program that you may not see'
  return [trouble(what, `${who} has ${where}`, other(await freePort(machine, listen), listen))]
}

/** Whether programs that prefer IPv6 find loopback there. */
export async function checkIpv6({ machine }: Surroundings): Promise<readonly Finding[]> {
  const why = await machine.whyTaken({ host: '::1', port: 0 })
  if (why === undefined) return [ok('IPv6', '::1 can be listened on')]
  return [note('IPv6', `there is no ::1 (${why}); servers on it cannot be reached`, 'give the proxy IPv4 addresses')]
}

const isParley = (command: string): boolean => /\bparley\b|[\\/]cli[\\/]main\.js\b/.test(command)

const other = (port: number, { host }: Pick<Address, 'host'> = { host: '127.0.0.1' }): string =>
  `parley --listen ${hostAndPort({ host, port })}`

/** The next that is free; 0, which is any, where the next few are taken as well. */
async function freePort(machine: Machine, { host, port }: Address): Promise<number> {
  for (let next = port + 1; next <= Math.min(port + 10, 65_535); next++)
    if ((await machine.whyTaken({ host, port: next })) === undefined) return next
  return 0
}
