import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Target } from '../../model/connection.ts'
import { hostAndPort } from '../../model/host-and-port.ts'
import { problemOf } from '../../problem/problem.ts'
import { DialError } from '../dial/dial.ts'
import type { Access, AccessOptions, Services, WithFields } from '../services.ts'
import { inRanges, isLocalTarget, isLoopback, isThisMachine } from './address-ranges.ts'

const open = { allow: [], localTargets: false }

export function accessOf({ allow, credentials }: AccessOptions = open): Access {
  const allowed = inRanges(allow)
  const isRight = credentials === undefined ? () => true : credentialCheck(credentials)
  return {
    admits: address => allow.length === 0 || allowed(address) || isThisMachine(address),
    refusal: head => (credentials === undefined || isRight(basicOf(head)) ? undefined : problemOf('proxy/credentials')),
    asks: credentials !== undefined,
    knows: (user, password) => isRight(encoded(`${user}:${password}`)),
  }
}

/** Whether a proxy that listens there would serve anybody who can reach it. */
export const isOpenToOthers = (host: string, { allow, credentials }: AccessOptions = open): boolean =>
  !isLoopback(host) && allow.length === 0 && credentials === undefined

const encoded = (text: string): string => Buffer.from(text).toString('base64')

/** Compares in a time that does not tell how much was right. */
function credentialCheck(credentials: string): (coded: string) => boolean {
  const key = randomBytes(32)
  const digest = (text: string): Buffer => createHmac('sha256', key).update(text).digest()
  const wanted = digest(encoded(credentials))
  return coded => timingSafeEqual(digest(coded), wanted)
}

/** What a request gives as Basic (RFC 7617), in base64; empty where that is nothing, or more than one. */
function basicOf({ fields }: WithFields): string {
  const given = fields.headers.filter(([name]) => name.toLowerCase() === 'proxy-authorization')
  return (given.length === 1 && /^basic[ \t]+([\w+/=-]+)$/i.exec(given[0]![1])?.[1]) || ''
}

/** RFC 6761 6.3 */
const isLocalName = (host: string): boolean => /^(?:.*\.)?localhost\.?$/i.test(host)

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
    dial: async (target, options) => {
      if (isLocalTarget(target.host) || isLocalName(target.host)) refuse(target)
      return services.dial(target, {
        ...options,
        tell(event) {
          options.tell(event) // what another proxy on the way makes of a name only that proxy knows
          const isOfTarget = event.type === 'looked-up' && event.name === target.host
          if (isOfTarget && event.addresses.some(isLocalTarget)) refuse(target)
        },
      })
    },
  }
}
