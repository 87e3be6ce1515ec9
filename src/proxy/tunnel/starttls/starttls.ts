import type { Direction } from '../../../model/party.ts'
import { ldap } from './ldap.ts'
import { imap, pop3, smtp } from './mail.ts'
import { mysql } from './mysql.ts'
import { postgres } from './postgres.ts'
import type { Upgradable } from './upgradable.ts'

const protocols: readonly Upgradable[] = [smtp, imap, pop3, ldap, postgres, mysql]
const mostOfTurn = 4096 // bytes; no request and no answer is longer
const mostInClear = 65_536 // bytes; an upgrade comes early

/** What a conversation in clear may change to TLS by, as its first bytes show; undefined where by nothing. */
export const upgradableBy = (speaker: Direction, first: Buffer): Upgradable | undefined =>
  protocols.find(protocol => protocol.speaksFirst === speaker && protocol.begins(first))

/** Watches a conversation in clear for the moment at which both sides have agreed on TLS. */
export class UpgradeWatch {
  readonly #protocol: Upgradable
  #speaker: Direction | undefined
  /** What that side has said since the other one spoke. */
  #turn: Buffer = Buffer.alloc(0)
  /** What the client asked with. */
  #asked: Buffer | undefined
  #passed = 0

  constructor(protocol: Upgradable) {
    this.#protocol = protocol
  }

  /** How many of these bytes are still in clear, where TLS begins behind them; undefined where it does not. */
  push(direction: Direction, bytes: Buffer): number | undefined {
    this.#passed += bytes.length
    if (this.#passed > mostInClear) return undefined
    const before = this.#speaker === direction ? this.#turn.length : 0
    this.#turn = before > 0 ? Buffer.concat([this.#turn, bytes]) : Buffer.from(bytes)
    this.#speaker = direction
    if (this.#turn.length > mostOfTurn) return undefined
    const { asks, agrees } = this.#protocol
    if (direction === 'to-client') return this.#asked && agrees?.(this.#turn, this.#asked) ? bytes.length : undefined
    const length = asks(this.#turn)
    this.#asked = length === undefined ? undefined : this.#turn
    return length !== undefined && !agrees ? length - before : undefined
  }
}
