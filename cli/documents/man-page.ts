import type { Command } from '../command/command.ts';
import { operandWord, optionMeaning, optionWord, usageOf } from '../command/help-text.ts';
import { EXIT_CODE_MEANINGS, EXIT_CODES } from '../command/outcome.ts';
import { SITE_OPTIONS } from '../options/site-options.ts';

/** klaxon(1), in roff, from the table that parses the commands. */
export function manPage(commands: readonly Command[], version: string): string {
  return `${[
    `.TH KLAXON 1 "" "klaxon ${roff(version)}" "Klaxon"`,
    '.SH NAME',
    'klaxon \\- the alarm system in Kafka from the command line',
    '.SH SYNOPSIS',
    '.B klaxon',
    '.I COMMAND',
    '[\\fIOPTIONS\\fR]',
    '.SH COMMANDS',
    ...commands.flatMap(commandEntry),
    '.SH WHERE THE LOG IS',
    ...SITE_OPTIONS.flatMap((option) => entry(optionWord(option), optionMeaning(option))),
    '.SH EXIT STATUS',
    ...entry(String(EXIT_CODES.done), EXIT_CODE_MEANINGS.done),
    ...entry(String(EXIT_CODES.failed), EXIT_CODE_MEANINGS.failed),
    ...entry(String(EXIT_CODES.usage), EXIT_CODE_MEANINGS.usage),
    ...entry(String(EXIT_CODES.refused), EXIT_CODE_MEANINGS.refused),
    ...entry(String(EXIT_CODES.found), EXIT_CODE_MEANINGS.found),
    ...entry(String(EXIT_CODES.interrupted), EXIT_CODE_MEANINGS.interrupted),
  ].join('\n')}\n`;
}

function commandEntry(command: Command): readonly string[] {
  const own = command.options.filter((option) => !SITE_OPTIONS.includes(option));
  return [
    `.SS klaxon ${roff(usageOf(command))}`,
    `${roff(command.summary)}.`,
    ...command.details.flatMap((paragraph) => ['.PP', roff(paragraph)]),
    ...command.operands.flatMap((operand) => entry(operandWord(operand), operand.summary)),
    ...own.flatMap((option) => entry(optionWord(option), optionMeaning(option))),
    ...command.examples.flatMap(({ line, does }) => entry(`klaxon ${line}`, does)),
  ];
}

function entry(word: string, meaning: string): readonly string[] {
  return ['.TP', `\\fB${roff(word)}\\fR`, roff(meaning)];
}

/** Backslashes and dashes mean something to roff, and so do a dot or a quote at the beginning of a line. */
function roff(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/, '\\&$&');
}
