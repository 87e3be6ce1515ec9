import { readSubstitution } from '../../filter/substitution.ts'
import type { Arguments } from '../arguments.ts'
import { BodyError } from '../body/open-body.ts'
import type { ActionKind } from './action.ts'
import { bodyUsage, editingAction, readBodyArguments } from './body-step.ts'

export const replaceBody: ActionKind = {
  name: 'replace-body',
  usage: `${bodyUsage} TEXT|/REGEXP/ REPLACEMENT`,
  says: 'replace a text, or what a regular expression matches, everywhere in a body; $1 is its first group',
  example: '~d shop.example => replace-body response "/price: (\\d+)/i" "price: $1 €"',
  read(args) {
    const body = readBodyArguments(args)
    const wanted = args.word('the text, or the /regular expression/, to replace')
    checkWanted(args, wanted)
    const substitute = readSubstitution(wanted, args.word('what to put there'))
    return editingAction(`replace ${wanted} in the ${body.of}`, body, text => {
      const changed = substitute(text)
      if (changed === undefined) throw new BodyError('it would grow past what is held')
      return changed
    })
  },
}

/** While it is the word that was read last. */
function checkWanted(args: Arguments, wanted: string): void {
  try {
    readSubstitution(wanted, '')
  } catch (error) {
    args.refuse(`a text, or a regular expression that RE2 knows (${(error as Error).message})`)
  }
}
