import { gathered, optional } from './options.ts'

/** Every command that reads what others recorded takes these. */
export const importOptions = {
  keylog: gathered(
    '--keylog <file>',
    'open the TLS of packets with the secrets in this key log (SSLKEYLOGFILE), besides those in the file itself',
    (text: string, before: readonly string[]) => [...before, text],
    [] as readonly string[],
  ),
  output: optional('-o, --output <file>', 'keep the capture that is made of several, or of other files, here', String),
}
