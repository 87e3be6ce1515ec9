const [changeCipherSpec, alert, certificateRequest] = [20, 21, 13]
const firstBytes = 16
const clearAlertLength = 7

/** What a server said in a handshake that failed, as far as it tells why. */
export class Heard {
  /** How its words began. */
  first: Buffer | undefined
  /** It asked for a client certificate. */
  asked = false
  /** The description of an alert in clear that came last. */
  warning: number | undefined

  /** A record, with the type of what is in it, or bytes that are none. */
  record(bytes: Uint8Array, type: number | undefined): void {
    this.first ??= Buffer.from(bytes.subarray(0, firstBytes))
    if (type === changeCipherSpec) return
    this.warning = type === alert && bytes.length === clearAlertLength ? bytes[clearAlertLength - 1] : undefined
  }

  /** A handshake message, in clear. */
  message(toServer: boolean, bytes: Uint8Array): void {
    if (!toServer && bytes[0] === certificateRequest) this.asked = true
  }
}
