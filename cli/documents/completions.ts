import type { Command, OptionSpec } from '../command/command.ts';
import { HELP } from '../command/parse-arguments.ts';
import type { Shell } from './shells.ts';

/** What a completion is made of. */
type Words = Pick<Command, 'name' | 'summary' | 'operands' | 'options'>;

/** What a shell sources so that Tab completes commands, options and the values that are choices. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  const words = [...commands, helpOf(commands)];
  switch (shell) {
    case 'bash':
      return bashScript(words);
    case 'zsh':
      return zshScript(words);
    case 'fish':
      return fishScript(words);
    default:
      return shell satisfies never;
  }
}

/** `klaxon help` is no command of the registry, and takes the name of one. */
function helpOf(commands: readonly Command[]): Words {
  const choices = commands.map(({ name }) => name);
  const operands = [{ name: 'COMMAND', summary: 'The command.', choices }];
  return { name: 'help', summary: 'Explain a command', operands, options: [] };
}

function optionsOf({ options }: Words): readonly OptionSpec[] {
  return [...options, HELP];
}

function bashScript(commands: readonly Words[]): string {
  const cases = commands.map((command) => {
    const words = optionsOf(command).map(({ name }) => `--${name}`);
    const operands = command.operands.flatMap(({ choices }) => choices ?? []);
    return `    ${command.name}) words='${[...operands, ...words].join(' ')}' ;;`;
  });
  const values = commands.flatMap((command) =>
    command.options
      .filter(({ value }) => value !== undefined)
      .map(({ name, choices, value }) => {
        const isPath = value === 'FILE' || value === 'DIR';
        const words = choices === undefined ? '' : choices.join(' ');
        const act = isPath
          ? 'COMPREPLY=($(compgen -f -- "$word")); return'
          : `COMPREPLY=($(compgen -W '${words}' -- "$word")); return`;
        return `    '${command.name} --${name}') ${act} ;;`;
      }),
  );
  return [
    '# bash completion of klaxon: source it, e.g. with: source <(klaxon completions bash)',
    '_klaxon() {',
    `  local word="\${COMP_WORDS[COMP_CWORD]}" words=`,
    `  case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD-1]}" in`,
    ...values,
    '  esac',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    words='${commands.map(({ name }) => name).join(' ')}'`,
    `  else case "\${COMP_WORDS[1]}" in`,
    ...cases,
    '  esac; fi',
    '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
    '}',
    'complete -F _klaxon klaxon',
    '',
  ].join('\n');
}

function zshScript(commands: readonly Words[]): string {
  const names = commands.map(({ name, summary }) => `    '${name}:${zshText(summary)}'`);
  const cases = commands.map((command) => {
    const options = optionsOf(command).map(zshOption);
    const operands = command.operands.map(({ name, choices }) =>
      choices === undefined ? `'*:${name}:'` : `'*:${name}:(${choices.join(' ')})'`,
    );
    return `    ${command.name}) _arguments ${[...options, ...operands].join(' ')} ;;`;
  });
  return [
    '#compdef klaxon',
    '# zsh completion of klaxon: put it into a folder of $fpath as _klaxon',
    '_klaxon() {',
    '  local -a commands=(',
    ...names,
    '  )',
    '  if (( CURRENT == 2 )); then _describe command commands; return; fi',
    '  local command=$words[2]',
    '  shift words; (( CURRENT-- ))',
    '  case $command in',
    ...cases,
    '  esac',
    '}',
    'compdef _klaxon klaxon',
    '',
  ].join('\n');
}

function zshOption({ name, value, summary, choices, isRepeatable }: OptionSpec): string {
  const many = isRepeatable === true ? '*' : '';
  const meaning = `[${zshText(summary)}]`;
  if (value === undefined) return `'${many}--${name}${meaning}'`;
  const isPath = value === 'FILE' || value === 'DIR';
  const act = isPath ? '_files' : choices === undefined ? ' ' : `(${choices.join(' ')})`;
  return `'${many}--${name}${meaning}:${value.replaceAll(':', ' ')}:${act}'`;
}

/** Brackets, colons and quotes mean something to zsh. */
function zshText(text: string): string {
  return text.replaceAll(/[[\]:'`]/g, ' ');
}

function fishScript(commands: readonly Words[]): string {
  const lines = commands.flatMap((command) => [
    `complete -c klaxon -n __fish_use_subcommand -a ${command.name} -d ${fishText(command.summary)}`,
    ...command.operands.flatMap(({ choices }) =>
      choices === undefined
        ? []
        : [
            `complete -c klaxon -n '__fish_seen_subcommand_from ${command.name}' -a '${choices.join(' ')}'`,
          ],
    ),
    ...optionsOf(command).map((option) => fishOption(command.name, option)),
  ]);
  return [
    '# fish completion of klaxon: put it into ~/.config/fish/completions/klaxon.fish',
    'complete -c klaxon -f',
    ...lines,
    '',
  ].join('\n');
}

function fishOption(command: string, { name, value, summary, choices }: OptionSpec): string {
  const isPath = value === 'FILE' || value === 'DIR';
  const needs = value === undefined ? '' : isPath ? ' -r -F' : ' -x';
  const words = choices === undefined ? '' : ` -a '${choices.join(' ')}'`;
  return `complete -c klaxon -n '__fish_seen_subcommand_from ${command}' -l ${name}${needs}${words} -d ${fishText(summary)}`;
}

function fishText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
