import { expect, it } from 'vitest';
import { createServiceLogger } from '../../../../services/host/service-logger.ts';

it('writes one JSON object a line, and nothing below its level', () => {
  const lines: string[] = [];
  const logger = createServiceLogger({
    service: 'shelf',
    level: 'info',
    write: (line) => lines.push(line),
    now: () => 0,
  });
  logger.tell('debug', 'written', { alarm: 'A' });
  logger.tell('warn', 'notWritten', { alarm: 'A\nB' });
  expect(lines).toEqual([
    '{"at":"1970-01-01T00:00:00.000Z","level":"warn","service":"shelf","event":"notWritten","alarm":"A\\nB"}\n',
  ]);
});
