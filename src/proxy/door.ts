import net, { type Server, type Socket } from 'node:net'

/** An address that is listened on. */
export interface Door {
  readonly host: string
  readonly port: number
  close(): Promise<void>
}

export interface DoorOptions {
  readonly at: { readonly host: string; readonly port: number }
  /** Whether those on other machines may reach it: they can, on any address but loopback. */
  readonly mayBeOpen: (host: string) => boolean
  readonly accept: (socket: Socket) => void
  /** Told where a client could not be accepted. */
  readonly trouble: (message: string) => void
}

/** Rejects with Node's error where the address cannot be listened on, and with OPEN_TO_OTHERS where it may not be open. */
export async function openDoor({ at, mayBeOpen, accept, trouble }: DoorOptions): Promise<Door> {
  const server = net.createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true })
  const { port, host } = await bind(server, at)
  if (!mayBeOpen(host)) {
    server.close()
    throw Object.assign(new Error(`${host} can be reached from other machines`), { code: 'OPEN_TO_OTHERS' })
  }
  server.on('error', ({ message }) => trouble(`a client could not be accepted: ${message}`))
  server.on('connection', accept)
  return { host, port, close: () => new Promise(resolve => server.close(() => resolve())) }
}

function bind(server: Server, at: DoorOptions['at']): Promise<{ host: string; port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(at.port, at.host, mostPending, () => {
      server.off('error', reject)
      const address = server.address() as net.AddressInfo
      resolve({ host: address.address, port: address.port })
    })
  })
}

/** Clients that the kernel lets wait; Node's own 511 turns many away that come at once. The kernel has a limit, too. */
const mostPending = 4096
