import { describe, expect, it } from 'vitest';
import { lineText, toldLine } from '../../../../core/lib/line-text.ts';

describe('a text for a line of its own', () => {
  it('lets no name steer the terminal', () => {
    expect(lineText('a\u001b]0;x\u0007 b|"c"')).toBe('a\\x1b]0;x\\x07 b|"c"');
    expect(lineText('\u202eabc\n')).toBe('\\u202eabc\\n');
  });

  it('is left as it is where it can be seen', () => {
    expect(lineText('Ψ温🔥 it’s "so"')).toBe('Ψ温🔥 it’s "so"');
  });
});

describe('a sentence that is told', () => {
  it('cuts a word that would fill the screen, and keeps its beginning and its end', () => {
    const told = toldLine(`No alarm is called ${'🔔'.repeat(10_000)}/end. Check it.`);
    expect(told.length).toBeLessThan(400);
    expect(told).toMatch(/^No alarm is called 🔔+…🔔+\/end\. Check it\.$/u);
  });

  it('keeps what has the length of a path', () => {
    const path = `/tmp/${'folder/'.repeat(30)}file`;
    expect(toldLine(`The file ${path} is gone.`)).toContain(path);
  });

  it('stays on one line', () => {
    expect(toldLine('There is no topic a\nb.')).toBe('There is no topic a\\nb.');
  });
});
