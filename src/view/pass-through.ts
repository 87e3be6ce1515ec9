/** Failures in which Parley has a part: its certificate, its hello, its roots, its answer in the server's place. */
const helped: ReadonlySet<string> = new Set([
  ...['tls/client-rejected-leaf', 'tls/client-closed-after-certificate', 'tls/reset-by-client', 'tls/closed-by-client'],
  ...['tls/client-certificate-required', 'tls/client-certificate-refused', 'tls/client-failed', 'tls/server-failed'],
  ...['tls/no-common-version', 'tls/no-common-suite', 'tls/no-common-group', 'tls/no-common-signature-algorithm'],
  ...['tls/refused-by-server', 'tls/refused-by-client', 'tls/refused-by-parley', 'tls/server-rejected-hello'],
  ...['tls/reset-by-server', 'tls/closed-by-server', 'tls/illegal-message', 'tls/weak-key', 'tls/weak-digest'],
  ...['tls/certificate-untrusted-root', 'tls/certificate-incomplete-chain', 'tls/certificate-self-signed'],
  ...['tls/certificate-unknown-issuer', 'tls/outside-authority'],
  ...['tls/certificate-weak-key', 'tls/certificate-weak-digest', 'tls/certificate-invalid'],
])

/** Whether passing the host through may mend a failure with this code; what the client meets there without Parley, it does not. */
export const passThroughMayHelp = (code: string | undefined): boolean => code !== undefined && helped.has(code)
