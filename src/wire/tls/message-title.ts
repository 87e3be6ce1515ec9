import type { MessageValue } from './values.ts'

type Name = MessageValue['name']

const titles = new Map<Name, string>()

/** The RFC's spelling of a message's name: `ClientHello`, `ChangeCipherSpec`. */
export function messageTitle(name: Name): string {
  const title = titles.get(name) ?? name.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
  titles.set(name, title)
  return title
}
