import type { Upgradable } from './upgradable.ts'

const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]) // 80877103: "SSLRequest" of PostgreSQL's protocol
const agreed = 'S'.charCodeAt(0)
const isRequest = (bytes: Buffer): boolean => bytes.equals(sslRequest)

/** The first message asks, and one byte answers. */
export const postgres: Upgradable = {
  speaksFirst: 'to-server',
  begins: isRequest,
  asks: turn => (isRequest(turn) ? turn.length : undefined),
  agrees: turn => turn.length === 1 && turn[0] === agreed,
}
