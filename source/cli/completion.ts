// `tcpstep completion`: what a shell needs to complete commands, flags, their values, and the ids of scenarios.

/** The shells for which there is one. */
export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

/** What can be typed. */
export interface Grammar {
  readonly commands: readonly string[];
  /** Flags as they are typed, with the values they take; null for those that take none or any. */
  readonly flags: ReadonlyMap<string, readonly string[] | null>;
  readonly scenarios: readonly string[];
}

/** The lines of a script for a shell; README and man page say where it goes. */
export function completion(shell: Shell, grammar: Grammar): readonly string[] {
  switch (shell) {
    case 'bash':
      return bash(grammar);
    case 'zsh':
      return zsh(grammar);
    case 'fish':
      return fish(grammar);
  }
}

// Words are ids, flags and names of ours: letters, digits and -, so that no shell sees anything else in them.
function words(list: Iterable<string>): string {
  return [...list].filter((word) => /^[\w.-]+$/.test(word)).join(' ');
}

// What may stand behind a word: the values of a flag, the shells there are.
function behind({ flags }: Grammar): readonly (readonly [string, readonly string[]])[] {
  const values = [...flags].flatMap(([flag, values]) => (values === null ? [] : [[flag, values] as const]));
  return [['completion', shells], ...values];
}

function bash(grammar: Grammar): readonly string[] {
  return [
    '_tcpstep() {',
    `  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"`,
    '  case "$before" in',
    ...behind(grammar).map(
      ([flag, values]) => `    ${flag}) COMPREPLY=($(compgen -W '${words(values)}' -- "$word")); return ;;`,
    ),
    '  esac',
    '  case "$word" in',
    `    -*) COMPREPLY=($(compgen -W '${words(grammar.flags.keys())}' -- "$word")) ;;`,
    `    *) COMPREPLY=($(compgen -W "$([ "$COMP_CWORD" -eq 1 ] && echo '${words(grammar.commands)}') ${words(grammar.scenarios)}" -- "$word") $(compgen -f -- "$word")) ;;`,
    '  esac',
    '}',
    'complete -o filenames -F _tcpstep tcpstep',
  ];
}

// It may lie in a folder of $fpath, where it is called when it is first needed, or be read by .zshrc.
function zsh(grammar: Grammar): readonly string[] {
  return [
    '#compdef tcpstep',
    '_tcpstep() {',
    `  case "\${words[CURRENT-1]}" in`,
    ...behind(grammar).map(([flag, values]) => `    ${flag}) compadd -- ${words(values)}; return ;;`),
    '  esac',
    `  if [[ "\${words[CURRENT]}" == -* ]]; then`,
    `    compadd -- ${words(grammar.flags.keys())}`,
    '    return',
    '  fi',
    `  (( CURRENT == 2 )) && compadd -- ${words(grammar.commands)}`,
    `  compadd -- ${words(grammar.scenarios)}`,
    '  _files',
    '}',
    `if [[ "\${funcstack[1]}" == _tcpstep ]]; then _tcpstep "$@"; else compdef _tcpstep tcpstep; fi`,
  ];
}

function fish(grammar: Grammar): readonly string[] {
  const without = 'completion doctor list explain';
  return [
    `complete -c tcpstep -n '__fish_use_subcommand' -a '${words(grammar.commands)}'`,
    `complete -c tcpstep -n 'not __fish_seen_subcommand_from ${without}' -a '${words(grammar.scenarios)}'`,
    `complete -c tcpstep -n '__fish_seen_subcommand_from completion' -x -a '${words(shells)}'`,
    ...[...grammar.flags].map(([flag, values]) => {
      const name = flag.replace(/^--/, '');
      return `complete -c tcpstep -l ${words([name])}${values === null ? '' : ` -x -a '${words(values)}'`}`;
    }),
  ];
}
