import type { Went } from './hello-differences.ts'
import type { Parley } from './parley.ts'

/** A client that was or was not refused when it went directly, and the port that it asked for. */
export interface Asked {
  readonly name: string
  readonly port: number
  readonly went: Went
}

/** A line for every refusal of which Parley does not say that the server gave the same alert, be it encrypted. */
export async function untoldAlerts(parley: Parley, all: readonly Asked[]): Promise<readonly string[]> {
  const rows = await parley.show()
  const said = new Map(
    rows.map(({ target, problems }) => [target?.port, problems.map(({ message }) => message).join()]),
  )
  return all.flatMap(({ name, port, went }) => {
    const alert = 'refused' in went ? alertIn(went.refused) : undefined
    const told = said.get(port) ?? 'nothing'
    return alert === undefined || told.includes(`alert ${alert} (`) ? [] : [`${name}: ${alert}, but ${told}`]
  })
}

/** IANA's name of the alert in what Go says. */
function alertIn(text: string): string | undefined {
  const words = /^remote error: tls: (.*)$/.exec(text)?.[1]
  return words && (namesOfGo[words] ?? words.replaceAll(' ', '_'))
}

const namesOfGo: Readonly<Record<string, string>> = {
  'error decoding message': 'decode_error',
  'error decrypting message': 'decrypt_error',
  'insufficient security level': 'insufficient_security',
  'protocol version not supported': 'protocol_version',
}
