import net, { type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Dice } from './dice.ts'

/** How a connection goes: well, until so many bytes have passed in one direction. */
export interface Fault {
  readonly from: 'client' | 'server'
  readonly after: number
  readonly what: 'flip' | 'drop' | 'double' | 'insert' | 'fin' | 'reset' | 'slow'
  readonly noise: Buffer
}

export const anyFault = (dice: Dice, most: number): Fault => ({
  from: dice.pick(['client', 'server']),
  after: dice.nat(most),
  what: dice.pick(['flip', 'flip', 'flip', 'drop', 'double', 'insert', 'fin', 'reset', 'slow']),
  noise: dice.bytes(1 + dice.nat(20)),
})

/** Forwards both directions, and does what the fault says when its byte comes. */
export function badLine(client: Socket, server: Socket, fault: Fault): void {
  const both = [client, server]
  for (const socket of both) {
    socket.on('error', () => {})
    socket.on('close', () => both.map(each => each.destroy()))
  }
  const forward = (from: Socket, to: Socket, faulty: boolean): void => {
    let passed = 0
    from.on('data', (bytes: Buffer) => {
      const at = fault.after - passed
      passed += bytes.length
      if (!faulty || at < 0 || at >= bytes.length) to.write(bytes)
      else void spoil(to, bytes.subarray(0, at), bytes.subarray(at), fault)
    })
    from.on('end', () => to.end())
  }
  forward(client, server, fault.from === 'client')
  forward(server, client, fault.from === 'server')
}

async function spoil(to: Socket, before: Buffer, after: Buffer, { what, noise }: Fault): Promise<void> {
  const { length } = noise
  to.write(before)
  switch (what) {
    case 'flip':
      return void to.write(after.map((byte, i) => (i < length ? byte ^ noise[i]! : byte)))
    case 'drop':
      return void to.write(after.subarray(length))
    case 'double':
      return void to.write(Buffer.concat([after.subarray(0, length), after]))
    case 'insert':
      return void to.write(Buffer.concat([noise, after]))
    case 'fin':
      return void to.end()
    case 'reset':
      return void to.resetAndDestroy()
    case 'slow':
      for (const byte of after.subarray(0, 40)) {
        if (to.destroyed) return
        to.write(Buffer.of(byte))
        await sleep(10)
      }
      to.write(after.subarray(40))
  }
}

/** A socket to a port on this machine, its errors passed over. */
export function dial(port: number): Socket {
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
  socket.on('error', () => {})
  return socket
}
