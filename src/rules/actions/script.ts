import { mostHeld } from '../body/open-body.ts'
import { messageFromScript, requestFromScript, responseFromScript } from '../script/from-script.ts'
import { messageForScript, requestForScript, responseForScript } from '../script/to-script.ts'
import type { Scripts, World } from '../world.ts'
import type { ActionKind } from './action.ts'

export const script: ActionKind = {
  name: 'script',
  usage: '[--heads] FILE',
  says: 'have a module of JavaScript or TypeScript change messages or answer them; --heads: it sees no bodies, which stream',
  example: '~d api.example => script ./examples/add-header.ts',
  read(args) {
    const heads = args.takes('--heads')
    const file = args.path('a module of JavaScript or TypeScript')
    const scripts = (world: World): Scripts => {
      if (!world.scripts) throw new Error('scripts cannot run here')
      return world.scripts
    }
    return {
      did: `script ${file}`,
      request: async (draft, world) =>
        requestFromScript(draft, await scripts(world).call(file, 'request', requestForScript(draft))),
      response: async (draft, world) =>
        responseFromScript(draft, await scripts(world).call(file, 'response', responseForScript(draft))),
      webSocket: async (draft, world) =>
        messageFromScript(draft, await scripts(world).call(file, 'webSocketMessage', messageForScript(draft))),
      ...(!heads && { requestBody: mostHeld, responseBody: mostHeld }),
    }
  },
}
