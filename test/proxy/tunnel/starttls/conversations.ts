import type { Direction } from '../../../../src/model/party.ts'

/** What is said in clear until TLS begins, in turns. The client's last turn asks for TLS. */
export type Conversation = readonly (readonly [Direction, Buffer])[]

const client = (text: string): readonly [Direction, Buffer] => ['to-server', Buffer.from(text, 'latin1')]
const server = (text: string): readonly [Direction, Buffer] => ['to-client', Buffer.from(text, 'latin1')]

const capabilities = '\x0a8.0.0\0\x01\0\0\0abcdefgh\0\xff\xff\x21\x02\0\xff\xff\x15\0\0\0\0\0\0\0\0\0\0abcdefghijkl\0'
const request = '\x30\x1d\x02\x01\x01\x77\x18\x80\x161.3.6.1.4.1.1466.20037'
const response = '\x30\x24\x02\x01\x01\x78\x1f\x0a\x01\x00\x04\x00\x04\x00\x8a\x161.3.6.1.4.1.1466.20037'

/** By the name that `openssl s_client -starttls` has for them. */
export const conversations: Readonly<Record<string, Conversation>> = {
  smtp: [
    server('220 mail.example ESMTP\r\n'),
    client('EHLO x\r\n'),
    server('250-mail.example\r\n250 STARTTLS\r\n'),
    client('STARTTLS\r\n'),
    server('220 Go ahead\r\n'),
  ],
  pop3: [server('+OK ready\r\n'), client('STLS\r\n'), server('+OK begin\r\n')],
  imap: [
    server('* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n'),
    client('a.1 CAPABILITY\r\n'),
    server('* CAPABILITY IMAP4rev1 STARTTLS\r\na.1 OK done\r\n'),
    client('a.2 STARTTLS\r\n'),
    server('* NOTE x\r\na.2 OK begin\r\n'),
  ],
  postgres: [client('\0\0\0\x08\x04\xd2\x16\x2f'), server('S')],
  ldap: [client(request), server(response)],
  mysql: [
    server(`${String.fromCharCode(capabilities.length)}\0\0\0${capabilities}`),
    client(`\x20\0\0\x01\x85\xae\x7f\0\0\0\0\x01\x21${'\0'.repeat(23)}`),
  ],
}
