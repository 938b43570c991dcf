import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createLogOutput } from '../../../../services/host/log-output.ts';

it('a log that cannot be written ends nothing, and its lines are counted', async () => {
  let isClosed = false;
  const taken: string[] = [];
  const stream = new Writable({
    autoDestroy: false,
    write: (chunk, _encoding, done) => {
      if (isClosed) {
        done(new Error('EPIPE'));
        return;
      }
      taken.push(String(chunk));
      done();
    },
  });
  const output = createLogOutput(stream);
  output.write('one');
  isClosed = true;
  const failed = new Promise((resolve) => stream.once('error', resolve));
  output.write('two');
  await failed;
  expect(taken).toEqual(['one']);
  expect(output.lostLines()).toBe(1);
});
