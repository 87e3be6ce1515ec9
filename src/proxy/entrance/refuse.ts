import type { Socket } from 'node:net'
import type { ConnectionId } from '../../model/connection.ts'
import { type Problem, problemOf } from '../../problem/problem.ts'
import { failureResponse } from '../failure-page.ts'
import { now } from '../ports.ts'
import type { Services } from '../services.ts'
import type { ContentTap } from '../socket/content-tap.ts'

/** Ends a connection whose client sent what is no request that a proxy can serve, and says why. */
export function refuse({ tape }: Services, client: ContentTap, problem: Problem): void {
  tape.event(client.connection, now(), { type: 'failed', problem })
  client.write(failureResponse(problem))
  client.destroySoon()
}

/** Answers a client that has just come with a problem, whatever it wants, and ends its connection. */
export function turnAway({ tape }: Services, socket: Socket, connection: ConnectionId, problem: Problem): void {
  tape.event(connection, now(), { type: 'failed', problem })
  socket.on('error', () => {})
  socket.once('close', () => tape.event(connection, now(), { type: 'closed', at: now() }))
  socket.end(failureResponse(problem), () => socket.destroy())
}

const patience = 500 // ms

/** Ends the connection of a client that is not served. Nothing of it is recorded: others shall not fill the capture. */
export function shutOut(socket: Socket): void {
  console.warn(`${socket.remoteAddress} was shut out: it is in no --allow range`)
  socket.on('error', () => {})
  socket.end(failureResponse(problemOf('proxy/not-allowed')))
  socket.resume() // what is unread at the end would take the answer with it
  setTimeout(() => socket.destroy(), patience).unref()
}
