import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { everyCommand } from '../../../../cli/command/registry.ts';
import { completionScript } from '../../../../cli/documents/completions.ts';
import { SHELLS } from '../../../../cli/documents/shells.ts';

const commands = await everyCommand();

describe('completions', () => {
  it.each(SHELLS)('of %s name every command and option', (shell) => {
    const script = completionScript(shell, commands);
    for (const { name, options } of commands) {
      expect(script).toContain(name);
      for (const option of options) expect(script).toContain(option.name);
    }
  });

  it('complete in bash: commands, options, and the values of a choice', () => {
    const script = completionScript('bash', commands);
    const complete = (words: readonly string[]) => {
      const call = `${script}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _klaxon; echo "\${COMPREPLY[@]}"`;
      return spawnSync('bash', ['-c', call], { encoding: 'utf8' }).stdout.trim();
    };
    expect(complete(['klaxon', 'list-a'])).toBe('list-active list-alarms list-acls');
    expect(complete(['klaxon', 'list-active', '--mon'])).toBe('--monitor');
    expect(complete(['klaxon', 'set-active-alarming-epics', '--sevr', 'M'])).toBe('MINOR MAJOR');
    expect(complete(['klaxon', 'completions', 'z'])).toBe('zsh');
  });
});
