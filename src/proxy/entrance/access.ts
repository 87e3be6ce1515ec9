import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Target } from '../../model/connection.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import { problemOf } from '../../problem/problem.ts'
import type { RequestHeadText } from '../../wire/http1/start-line.ts'
import { DialError } from '../dial/dial.ts'
import type { Access, AccessOptions, Services } from '../services.ts'
import { inRanges, isLocalTarget, isLoopback, isThisMachine } from './address-ranges.ts'

const open = { allow: [], localTargets: false }

export function accessOf({ allow, credentials }: AccessOptions = open): Access {
  const allowed = inRanges(allow)
  const knows = credentials === undefined ? () => true : credentialCheck(credentials)
  return {
    admits: address => allow.length === 0 || allowed(address) || isThisMachine(address),
    refusal: head => (knows(head) ? undefined : problemOf('proxy/credentials')),
  }
}

/** Whether a proxy that listens there would serve anybody who can reach it. */
export const isOpenToOthers = (host: string, { allow, credentials }: AccessOptions = open): boolean =>
  !isLoopback(host) && allow.length === 0 && credentials === undefined

/** Basic (RFC 7617), compared in a time that does not tell how much of it was right. */
function credentialCheck(credentials: string): (head: RequestHeadText) => boolean {
  const key = randomBytes(32)
  const digest = (text: string): Buffer => createHmac('sha256', key).update(text).digest()
  const wanted = digest(Buffer.from(credentials).toString('base64'))
  return ({ fields }) => {
    const given = fields.headers.filter(([name]) => name.toLowerCase() === 'proxy-authorization')
    const [, coded = ''] = /^basic[ \t]+([\w+/=-]+)$/i.exec(given[0]?.[1] ?? '') ?? []
    return timingSafeEqual(digest(coded), wanted) && given.length === 1
  }
}

/**
 * The services as the client with this address gets them. Who is not on this machine reaches nothing that only this
 * machine or its link can mean, by whatever name, unless it was allowed.
 */
export function servicesFor(services: Services, address: string): Services {
  if (services.options.access?.localTargets || isThisMachine(address)) return services
  const refuse = (target: Target): never => {
    throw new DialError(problemOf('proxy/local-target', { detail: hostAndPort(target) }))
  }
  return {
    ...services,
    dial: (target, options) =>
      services.dial(target, {
        ...options,
        tell(event) {
          options.tell(event)
          if (event.type === 'looked-up' && event.addresses.some(isLocalTarget)) refuse(target)
        },
      }),
  }
}
