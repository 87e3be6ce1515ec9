/** What the handshakes say of a connection, for `~ja4`, `~group` and `~differs`. */
export interface HandshakeFacts {
  readonly clientJa4?: string
  readonly upstreamJa4?: string
  readonly clientGroup?: string
  readonly upstreamGroup?: string
  readonly differs?: boolean
  /** The earlier connection whose ticket or session ID a leg used. */
  readonly clientResumes?: number
  readonly upstreamResumes?: number
}
