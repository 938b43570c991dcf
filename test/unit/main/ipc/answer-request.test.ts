import { describe, expect, it } from 'vitest';
import { ok } from '../../../../core/lib/result.ts';
import { answerRequest, type RequestDesk } from '../../../../main/ipc/answer-request.ts';
import type { RequestHandlers } from '../../../../main/ipc/request-handlers.ts';
import type { MessageSender } from '../../../../main/ipc/trusted-sender.ts';
import { aSessionView } from '../../../builders/a-session-view.ts';
import { createRecordingLogger } from '../../../fakes/recording-logger.ts';

const ourPage: MessageSender = {
  windowId: 1,
  isMainFrame: true,
  url: 'klaxon://console/index.html',
};

function createDesk(overrides: Partial<RequestHandlers> = {}) {
  const seen: unknown[] = [];
  const note = (input: unknown) => {
    seen.push(input);
  };
  const handlers: RequestHandlers = {
    'session:readSession': () => ok(aSessionView()),
    'session:createTopics': () => ok(aSessionView()),
    'feed:openFeed': () => ok({ feedId: 'feed-1' }),
    'feed:acknowledgeMessage': (input) => {
      note(input);
      return ok({});
    },
    'alarm:readDetail': ({ name }) => ok({ name, why: [], registration: null, records: [] }),
    'alarm:acknowledgeAlarms': () => ok([]),
    'alarm:unacknowledgeAlarms': () => ok([]),
    'shelf:shelveAlarms': () => ok([]),
    'shelf:unshelveAlarms': () => ok([]),
    'quarantine:readRecords': () => ok([]),
    'preferences:readPreferences': () => ok({ theme: 'grey', documentBase: '' }),
    'preferences:savePreferences': () => ok({ theme: 'grey', documentBase: '' }),
    ...overrides,
  };
  const logger = createRecordingLogger();
  const desk: RequestDesk = {
    handlers,
    trusted: { isOurWindow: (id) => id === 1, pageBases: ['klaxon://console/'] },
    logger,
    isOutputChecked: true,
  };
  return { desk, seen, logger };
}

describe('answerRequest', () => {
  it('passes the parsed input on, without what the contract does not know', async () => {
    const { desk, seen } = createDesk();
    const raw = { feedId: 'feed-1', sequence: 2, user: 'somebody else' };
    expect(await answerRequest(desk, 'feed:acknowledgeMessage', ourPage, raw)).toEqual(ok({}));
    expect(seen).toEqual([{ feedId: 'feed-1', sequence: 2 }]);
  });

  it.each([
    ['nothing', undefined],
    ['a number below 1', { feedId: 'feed-1', sequence: 0 }],
    ['text for a number', { feedId: 'feed-1', sequence: '1' }],
    ['a list', [1]],
  ])('refuses %s with BadInput and asks no handler', async (_, raw) => {
    const { desk, seen, logger } = createDesk();
    const answer = await answerRequest(desk, 'feed:acknowledgeMessage', ourPage, raw);
    expect(answer).toMatchObject({ ok: false, error: { code: 'BadInput' } });
    expect(seen).toEqual([]);
    expect(logger.lines).toHaveLength(1);
  });

  it.each([
    ['another window', { ...ourPage, windowId: 2 }],
    ['a frame inside the page', { ...ourPage, isMainFrame: false }],
    ['a page of the web', { ...ourPage, url: 'https://example.org/' }],
    ['a host that begins like ours', { ...ourPage, url: 'klaxon://console.example.org/' }],
    ['a frame that is gone', { ...ourPage, url: '' }],
  ])('refuses %s with BadSender', async (_, sender) => {
    const { desk, seen } = createDesk();
    const raw = { feedId: 'feed-1', sequence: 1 };
    const answer = await answerRequest(desk, 'feed:acknowledgeMessage', sender, raw);
    expect(answer).toMatchObject({ ok: false, error: { code: 'BadSender' } });
    expect(seen).toEqual([]);
  });

  it('answers a handler that throws or rejects with Failed', async () => {
    const { desk } = createDesk({
      'feed:openFeed': () => {
        throw new Error('boom');
      },
      'quarantine:readRecords': () => Promise.reject(new Error('boom')),
    });
    const thrown = await answerRequest(desk, 'feed:openFeed', ourPage, {});
    const rejected = await answerRequest(desk, 'quarantine:readRecords', ourPage, { limit: 1 });
    expect(thrown).toMatchObject({ ok: false, error: { code: 'Failed' } });
    expect(rejected).toMatchObject({ ok: false, error: { code: 'Failed' } });
  });

  it('lets no handler leak a field where output is checked', async () => {
    const leaking = { feedId: 'feed-1', password: 'secret' };
    const { desk } = createDesk({ 'feed:openFeed': () => ok(leaking) });
    const checked = await answerRequest(desk, 'feed:openFeed', ourPage, {});
    expect(checked).toMatchObject({ ok: false, error: { code: 'Failed' } });
    const unchecked = { ...desk, isOutputChecked: false };
    expect(await answerRequest(unchecked, 'feed:openFeed', ourPage, {})).toMatchObject({
      ok: true,
    });
  });
});
