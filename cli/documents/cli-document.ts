import { SECRET_VARIABLES } from '../../adapters/profiles/profile-secrets.ts';
import { COMMAND_GROUPS, type Command, type OptionSpec } from '../command/command.ts';
import { operandWord, optionMeaning, optionWord, usageOf } from '../command/help-text.ts';
import { EXIT_CODE_MEANINGS, EXIT_CODES } from '../command/outcome.ts';
import { HELP } from '../command/parse-arguments.ts';
import { READING_OPTIONS } from '../options/reading-options.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';
import { markdownTable } from './markdown-table.ts';

const SHARED: readonly OptionSpec[] = [...SITE_OPTIONS, ...READING_OPTIONS, HELP];
const SECRETS = Object.values(SECRET_VARIABLES)
  .map((variable) => `\`${variable}\``)
  .join(', ');

/** docs/cli.md: every command, from the table that parses it. */
export function cliDocument(commands: readonly Command[]): string {
  return [
    '# The command line `klaxon`',
    '',
    'Written by `npm run docs` from the table of commands; `klaxon COMMAND --help` says the same.',
    'What each script of the seeds is here: [seeds.md](seeds.md).',
    '',
    ...overview(commands),
    ...section('Exit codes', ['code', 'means'], exitRows()),
    ...section('Where the log is', ['option', 'means'], SITE_OPTIONS.map(optionRow)),
    'An option counts before its variable, a variable before the profile, the profile before the default; of a flag the variable is',
    `\`true\` or \`false\`. A password is taken from its variable (${SECRETS}) or asked for, never from an`,
    'option. Services have the same names: [operations](operations.md#settings). Colour only on a terminal, and not where',
    '`NO_COLOR` is set.',
    '',
    ...section('Options of every list', ['option', 'means'], READING_OPTIONS.map(optionRow)),
    ...JSON_NOTES,
    ...commands.flatMap(commandSection),
  ].join('\n');
}

const JSON_NOTES = [
  '## One JSON object a line',
  '',
  'Of a list (`--json`), each record:',
  '',
  '| field | holds |',
  '|---|---|',
  '| `topic`, `partition`, `offset` | where it stands |',
  '| `at` | when it was written, ISO 8601 in UTC |',
  '| `user`, `producer`, `host` | the audit headers; null where they are not there |',
  '| `key` | the alarm’s name, or of `active-alarms` `{name, type}` |',
  '| `value` | what it says, without the names of union branches; null is a tombstone |',
  '| `undecodable`, `bytes` | only where it cannot be decoded: why, and the value in base64 |',
  '',
  'Of `klaxon client --json`, each alarm as the console shows it: `name`, `actual` and `effective` state, `level`, `status`,',
  '`location`, `category`, `isRegistered`, `isLatching`, `canShelve`, `hasUndecodable`, `sinceAt`, `isSinceExact`,',
  '`acknowledgedBy`, `acknowledgedAt`, `shelvedUntilAt`, `shelvedBy`, `shelfReason`, `calls`. Moments are milliseconds since 1970.',
  '',
  'Of administration, each line of the table as the object that it was made from: a rule is `resource`, `name`, `pattern`,',
  '`principal`, `host`, `operation`, `permission`; who may what is `principal`, `topic`, `may`, `mayNot`.',
  '',
];

function overview(commands: readonly Command[]): readonly string[] {
  return COMMAND_GROUPS.flatMap((group) => {
    const own = commands.filter((command) => command.group === group);
    if (own.length === 0) return [];
    const rows = own.map(({ name, summary }) => [`[\`${name}\`](#klaxon-${name})`, summary]);
    return section(group, ['command', 'does'], rows);
  });
}

function commandSection(command: Command): readonly string[] {
  const own = command.options.filter((option) => !SHARED.includes(option));
  const shares = SITE_OPTIONS.every((option) => command.options.includes(option));
  const lists = READING_OPTIONS.every((option) => command.options.includes(option));
  const also = [
    ...(shares ? ['where the log is'] : []),
    ...(lists ? ['of every list'] : []),
    ...(command.options.includes(READING_OPTIONS.at(-1) ?? HELP) && !lists ? ['`--json`'] : []),
  ];
  return [
    `## klaxon ${command.name}`,
    '',
    `${command.summary}.`,
    '',
    '```sh',
    `klaxon ${usageOf(command)}`,
    '```',
    '',
    ...command.details.flatMap((paragraph) => [paragraph, '']),
    ...markdownTable(
      ['operand or option', 'means'],
      [
        ...command.operands.map((operand) => [`\`${operandWord(operand)}\``, operand.summary]),
        ...own.map(optionRow),
      ],
    ),
    ...(also.length === 0 ? [] : [`Also the options ${also.join(', and ')}.`, '']),
    '```sh',
    ...command.examples.map(({ line, does }) => `klaxon ${line}    # ${does}`),
    '```',
    '',
  ];
}

function exitRows(): readonly (readonly string[])[] {
  return [
    [EXIT_CODES.done, EXIT_CODE_MEANINGS.done],
    [EXIT_CODES.failed, EXIT_CODE_MEANINGS.failed],
    [EXIT_CODES.usage, EXIT_CODE_MEANINGS.usage],
    [EXIT_CODES.refused, EXIT_CODE_MEANINGS.refused],
    [EXIT_CODES.found, EXIT_CODE_MEANINGS.found],
    [EXIT_CODES.interrupted, EXIT_CODE_MEANINGS.interrupted],
  ].map(([code, meaning]) => [String(code), String(meaning)]);
}

function optionRow(option: OptionSpec): readonly string[] {
  return [`\`${optionWord(option)}\``, optionMeaning(option)];
}

function section(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  return [`## ${title}`, '', ...markdownTable(head, rows)];
}
