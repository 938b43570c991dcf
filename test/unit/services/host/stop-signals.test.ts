import { describe, expect, it } from 'vitest';
import { listenForStop } from '../../../../services/host/stop-signals.ts';

describe('what ends a service', () => {
  it('is a first signal in order, and a second one at once, with the code of the second', async () => {
    const signals = listenForStop(() => undefined);
    process.emit('SIGTERM', 'SIGTERM');
    expect(await signals.first).toBe('SIGTERM');
    process.emit('SIGINT', 'SIGINT');
    expect(await signals.atOnce).toBe(130);
    signals.release();
  });

  it('leaves no listener behind', () => {
    const before = process.listenerCount('SIGTERM');
    listenForStop(() => undefined).release();
    expect(process.listenerCount('SIGTERM')).toBe(before);
  });
});
