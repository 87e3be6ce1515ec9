/** Why a connection that did not fail has a row of its own, by its protocol. */
export const whyUnread = (protocol: string): string =>
  protocol === 'tls' ? 'passed through unread' : protocol === 'opaque' ? 'no HTTP in it' : 'no request in it'
