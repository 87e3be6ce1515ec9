import { digest } from '../../prf.ts'
import { cipherSuiteFacts } from '../../registry/cipher-suite-facts.ts'
import { list8, list16 } from '../framing.ts'
import { Schedule, verifyData } from '../schedule.ts'
import type { Session } from '../session.ts'

export const hashOf = ({ cipherSuite }: Session): 'sha256' | 'sha384' =>
  cipherSuiteFacts(cipherSuite)?.prfHash ?? 'sha256'

const binderLength = (session: Session): number => (hashOf(session) === 'sha384' ? 48 : 32)

/** RFC 8446 4.2.11: the ticket as the one identity, with its age at `now`, and its binder still in zeros. */
export function pskOffer(session: Session, now: number): Buffer {
  const age = Buffer.alloc(4)
  const since = Math.max(0, Math.trunc(now - session.receivedAt))
  age.writeUInt32BE((since + session.ageAdd) % 0x1_0000_0000)
  return Buffer.concat([
    list16(Buffer.concat([list16(session.ticket ?? Buffer.alloc(0)), age])),
    list16(list8(Buffer.alloc(binderLength(session)))),
  ])
}

/** Fills in the binder, with which the hello ends: RFC 8446 4.2.11.2. `before` are the messages of a first round. */
export function bind(message: Buffer, session: Session, before: readonly Uint8Array[]): void {
  const hash = hashOf(session)
  const end = message.length - binderLength(session)
  const transcript = digest(hash, [...before, message.subarray(0, end - 3)]) // the lengths of list and binder
  message.set(verifyData(hash, new Schedule(hash, session.secret).derive('res binder'), transcript), end)
}
