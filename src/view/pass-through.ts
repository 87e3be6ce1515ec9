/** Failures before TLS, or where one side does not speak it: not to open the TLS would change nothing. */
const unhelped = new Set(['tls/http-on-tls-port', 'tls/not-tls', 'tls/client-closed-in-hello', 'tls/hello-timeout'])

/** Whether passing the host through may mend a failure with this code. */
export const passThroughMayHelp = (code: string | undefined): boolean =>
  (code?.startsWith('tls/') && !unhelped.has(code)) ?? false
