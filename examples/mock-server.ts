/**
 * A mock server for https://api.example.com, which need not exist: `node examples/mock-server.ts`. Start the program under
 * test with the variables that are printed. Ends with Ctrl-C.
 */
import { startParley } from 'parley-proxy'

const users = new Map([[1, 'Ada']])
const json = (status: number, value: unknown) => ({
  status,
  headers: [['content-type', 'application/json']] as const,
  body: JSON.stringify(value),
})

const parley = await startParley({
  offline: true, // what no rule answers is answered 502
  rules: [
    {
      when: '~d api.example.com & ~m GET',
      name: 'read a user',
      request({ url }) {
        const id = Number(new URL(url).pathname.split('/').at(-1))
        return users.has(id) ? json(200, { id, name: users.get(id) }) : json(404, { error: 'no such user' })
      },
    },
    {
      when: '~d api.example.com & ~m POST',
      name: 'add a user',
      async request({ text = '' }) {
        await new Promise(resolve => setTimeout(resolve, 20)) // as a database would
        const id = users.size + 1
        users.set(id, JSON.parse(text).name)
        return json(201, { id })
      },
    },
  ],
})

console.log(`HTTPS_PROXY=${parley.url} NODE_USE_ENV_PROXY=1 NODE_EXTRA_CA_CERTS=${parley.certificatePath}`)
process.once('SIGINT', () => void parley.close())
for await (const flow of parley.flows()) console.log(flow.method, flow.path, flow.status)
