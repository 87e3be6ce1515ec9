/** Bytes that break a rule of their protocol. Reading may go on or not; the reader's state says which. */
export interface Fault {
  /** `area/what`, such as `http1/bare-cr`. */
  readonly code: string
  readonly message: string
}
