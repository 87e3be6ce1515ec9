/** What each shell runs to have its words completed: it asks `parley complete`, which knows every command. */
export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

const bash = `# Completion of parley for bash. In ~/.bashrc: source <(parley completion bash)
_parley() {
  local line words=() files=
  while IFS= read -r line; do
    case $line in
      :files) files=1 ;;
      :nothing) ;;
      *) words+=("$line") ;;
    esac
  done < <("\${COMP_WORDS[0]}" complete bash "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
  COMPREPLY=("\${words[@]}")
  if [[ $files ]]; then
    local IFS=$'\\n'
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
  fi
}
complete -F _parley parley
`

const zsh = `#compdef parley
# Completion of parley for zsh. In ~/.zshrc, after compinit: source <(parley completion zsh)
_parley() {
  local line word files
  local -a found shown
  while IFS= read -r line; do
    case $line in
      :files) files=1 ;;
      :nothing) ;;
      *)
        word=\${line%%$'\\t'*}
        found+=("$word")
        if [[ $line == *$'\\t'* ]]; then shown+=("$word  -- \${line#*$'\\t'}"); else shown+=("$word"); fi
        ;;
    esac
  done < <("\${words[1]}" complete zsh "\${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX" 2>/dev/null)
  (( \${#found} )) && compadd -l -d shown -a found
  [[ -n $files ]] && _files
  return 0
}
if (( \${+functions[compdef]} )); then compdef _parley parley; fi
`

const fish = `# Completion of parley for fish. In ~/.config/fish/completions/parley.fish: parley completion fish | source
function __parley_complete
    set -l line (commandline -cp)
    set -l name (string split -m 1 ' ' -- (string trim -l -- $line))[1]
    for found in ($name complete fish "$line" 2>/dev/null)
        switch $found
            case ':files'
                __fish_complete_path (commandline -ct)
            case ':nothing'
            case '*'
                echo $found
        end
    end
end
complete -c parley -f -k -a '(__parley_complete)'
`

export const completionScript: Readonly<Record<Shell, string>> = { bash, zsh, fish }
