import type { Direction } from '../direction.ts'
import type { Progress } from './progress.ts'
import type { Protection } from './protection.ts'
import type { MessageValue } from './values.ts'

/**
 * What a handshake message does to the keys, once `progress` has seen it. `sessionHash` is the hash of the handshake up to
 * and with the message (RFC 7627 3); absent where it is not to be taken.
 */
export function stepKeys(
  value: MessageValue,
  direction: Direction,
  protection: Protection,
  progress: Progress,
  sessionHash?: (hash: string) => Uint8Array,
): void {
  switch (value.name) {
    case 'client_hello':
      return protection.clientHello(value.hello)
    case 'server_hello':
      return protection.serverHello(value.hello, progress.version ?? 0)
    case 'client_key_exchange': {
      const hash = protection.algorithm?.prfHash
      if (value.encryptedPreMaster && hash && sessionHash)
        protection.preMaster(value.encryptedPreMaster, () => sessionHash(hash))
      return
    }
    case 'change_cipher_spec':
      if (!progress.tls13) protection.changeCipherSpec(direction, progress.resumed)
      return
    case 'finished':
      return protection.finished(direction)
    case 'end_of_early_data':
      return protection.endOfEarlyData()
    case 'key_update':
      return protection.keyUpdate(direction)
  }
}
