import type { Flow } from '../filter/flow.ts'
import type { Acted } from '../model/acted.ts'
import type { BodySide, Side } from '../model/exchange.ts'
import type { Direction, LegName } from '../model/party.ts'
import type { ActedOnMessage } from '../model/stream-message.ts'

/** The numbers that stand for small values in the file: see schema.ts. A name's number is its place. */
export const legs: readonly LegName[] = ['client', 'upstream']
export const directions: readonly Direction[] = ['to-server', 'to-client']
export const sides: readonly Side[] = ['request', 'response']
/** Of bodies: those of the server's side stand in rows of their own, wholly. */
export const bodySides: readonly BodySide[] = [...sides, 'server-request', 'server-response']
export const kinds: readonly Flow['kind'][] = ['exchange', 'connection']
export const states: readonly Flow['state'][] = ['running', 'complete', 'aborted', 'cancelled']
export const messageActs: readonly ActedOnMessage['how'][] = ['changed', 'dropped']
/** A flow's number is its place plus one; 0 where nothing was done to it. */
export const flowActs: readonly Acted[] = ['changed', 'answered']

/** An exchange that was aborted, or a connection with a problem; what is counted as failed, wherever it is. */
export const hasFailed = (flows: string): string => `${flows}.state = ${states.indexOf('aborted')}`
