import type { MessageValue } from './values.ts'

/** The RFC's spelling of a message's name: `ClientHello`, `ChangeCipherSpec`. */
export const messageTitle = (name: MessageValue['name']): string =>
  name.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
