import { describe, expect, it } from 'vitest';
import { everyCommand } from '../../../../cli/command/registry.ts';
import { manPage } from '../../../../cli/documents/man-page.ts';

describe('the manual page', () => {
  it('has an entry for each command, and no line that roff would take for a request', async () => {
    const commands = await everyCommand();
    const page = manPage(commands, '1.2.3');
    for (const { name } of commands)
      expect(page).toContain(`.SS klaxon ${name.replaceAll('-', '\\-')}`);
    const requests = page.split('\n').filter((line) => /^[.']/.test(line));
    expect(requests.filter((line) => !/^\.(TH|SH|SS|TP|PP|B|I)\b/.test(line))).toEqual([]);
    expect(page).toContain('klaxon 1.2.3');
  });
});
