import type { Direction } from '../../model/party.ts'
import type { FrameTap, Pause } from '../plain.ts'
import { Http2Half, type Http2Listener } from './half.ts'

/** Both directions of one HTTP/2 connection, each of which obeys the settings that the other one says. */
export class Http2Halves {
  readonly toServer: Http2Half
  readonly toClient: Http2Half

  constructor(listener: (direction: Direction) => Http2Listener, tap?: FrameTap) {
    this.toServer = new Http2Half('to-server', listener('to-server'), tap)
    this.toClient = new Http2Half('to-client', listener('to-client'), tap)
  }

  of(direction: Direction): Http2Half {
    return direction === 'to-server' ? this.toServer : this.toClient
  }

  /** `length` bytes passed that nobody kept: settings may have been among them. */
  gap(direction: Direction, at: number, length: number): void {
    const half = this.of(direction)
    half.gap(at, length)
    if (half.missed) this.#against(direction).allowAll()
  }

  /** A setting that was said in that direction. */
  obey(direction: Direction, id: number, value: number): void {
    this.#against(direction).obey(id, value)
  }

  /** What the connection stands at, of which so many streams are open. */
  pause(open: number): Pause {
    if (!this.toServer.between || !this.toClient.between) return 'none'
    return open === 0 ? 'exchanges' : 'frames'
  }

  #against(direction: Direction): Http2Half {
    return direction === 'to-server' ? this.toClient : this.toServer
  }
}
