import { describe, expect, it } from 'vitest';
import { createEventSender } from '../../../../main/ipc/send-event.ts';
import { aSessionView } from '../../../builders/a-session-view.ts';
import { createRecordingLogger } from '../../../fakes/recording-logger.ts';

function openPage(isOutputChecked: boolean) {
  const page = { isGone: false, sent: noMessages() };
  const logger = createRecordingLogger();
  const target = {
    isDestroyed: () => page.isGone,
    send: (...message: unknown[]) => {
      page.sent.push(message);
    },
  };
  return { page, logger, send: createEventSender(target, { logger, isOutputChecked }) };
}

describe('createEventSender', () => {
  it('sends what the contract says', () => {
    const { page, send } = openPage(true);
    expect(send('session:changed', aSessionView())).toBe(true);
    expect(page.sent).toEqual([['session:changed', aSessionView()]]);
  });

  it('sends nothing to a window that is gone, and says so', () => {
    const { page, send } = openPage(true);
    page.isGone = true;
    expect(send('session:changed', aSessionView())).toBe(false);
    expect(page.sent).toEqual([]);
  });

  it('keeps back a payload with a field too many where output is checked', () => {
    const { page, logger, send } = openPage(true);
    const leaking = { ...aSessionView(), password: 'secret' };
    send('session:changed', leaking);
    expect(page.sent).toEqual([]);
    expect(logger.lines).toMatchObject([{ level: 'error', fields: { event: 'session:changed' } }]);
  });
});

function noMessages(): unknown[][] {
  return [];
}
