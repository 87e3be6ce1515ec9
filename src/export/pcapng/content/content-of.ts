import type { Connection } from '../../../model/connection.ts'
import type { Exchange, ExchangeId } from '../../../model/exchange.ts'
import type { Direction, LegName } from '../../../model/party.ts'
import type { Capture } from '../../../store/capture.ts'
import { http1Content } from './http1-content.ts'
import { http2Content } from './http2-content.ts'
import type { LaneContentOrWhy } from './lane-content.ts'

type Source = Pick<Capture, 'body' | 'frames' | 'streamMessages' | 'exchange'>

/** What passed above TLS on a lane of a connection with these exchanges. */
export function contentOf(
  source: Source,
  connection: Connection,
  ids: readonly ExchangeId[],
): (leg: LegName, direction: Direction) => LaneContentOrWhy {
  let exchanges: readonly Exchange[] | undefined
  return (leg, direction) => {
    exchanges ??= ids.map(id => source.exchange(id)).filter(exchange => exchange !== undefined)
    const { protocol, id } = connection
    if (exchanges[0]?.request.head.version === 'HTTP/2' || protocol === 'h2') {
      if (leg === 'upstream' && exchanges.some(({ server }) => server !== undefined))
        return 'its HTTP/2 frames were others than the client’s, and are not kept'
      return http2Content(source, id, exchanges, direction)
    }
    if (exchanges.length > 0 || protocol === 'http/1.1') return http1Content(source, exchanges, leg, direction)
    return 'what it carried is not kept'
  }
}
