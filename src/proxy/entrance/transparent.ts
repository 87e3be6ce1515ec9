import type { Target } from '../../model/connection.ts'
import { problemOf } from '../../problem/problem.ts'
import { now } from '../ports.ts'
import { JsTap } from '../socket/js-tap.ts'
import { tunnel } from '../tunnel/tunnel.ts'
import type { Arrival, Ends } from './arrival.ts'

/** Where a connection was going before it was led here; undefined where that is not known. */
export type OriginalTarget = (ends: Ends) => Target | undefined

/** Serves a client that the firewall has led here, on its way to a server. */
export function enterTransparent(arrival: Arrival, originalTarget: OriginalTarget): void {
  const { services, socket, connection, address, ends } = arrival
  const { tape } = services
  const target = originalTarget(ends)
  if (!target) {
    tape.event(connection, now(), { type: 'failed', problem: problemOf('proxy/no-original-target') })
    socket.on('error', () => {})
    socket.once('close', () => tape.event(connection, now(), { type: 'closed', at: now() }))
    return void socket.destroy()
  }
  tape.event(connection, now(), { type: 'targeted', entrance: 'transparent', target })
  const client = new JsTap({ socket, tape, connection, leg: 'client', remoteAddress: address })
  client.on('error', () => {})
  void tunnel(services, connection, client, target)
}
