import { describe, expect, it } from 'vitest';
import { createEmbeddedSchemaStore } from '../../../../adapters/embedded/embedded-schema-store.ts';
import { openMemoryLog } from '../../../../adapters/embedded/memory-log.ts';
import { failure, ok, type Result } from '../../../../core/lib/result.ts';
import type { LogPhase, LogProblem } from '../../../../core/ports/alarm-log.ts';
import type { SchemaProblem, SchemaStore } from '../../../../core/ports/schema-store.ts';
import { ConsoleSession } from '../../../../main/session/console-session.ts';
import type { OpenedLog } from '../../../../main/session/opened-log.ts';
import { TOPIC_SPECS } from '../../../../schemas/topic-specs.ts';
import { ALARM_TOPICS } from '../../../../schemas/topics.ts';
import { createFakeClock } from '../../../fakes/fake-clock.ts';
import { createRecordingLogger } from '../../../fakes/recording-logger.ts';

const brokerDown: LogProblem = {
  code: 'Unreachable',
  message: 'Nothing answers at broker1:9092.',
  remedy: 'Ask who runs the broker.',
  isRetriable: true,
};

async function openSession(mayCreate: boolean, schemas: SchemaStore = createEmbeddedSchemaStore()) {
  const clock = createFakeClock();
  const log = await openMemoryLog({ clock });
  const world = { problem: noProblem(), opened: 0, closed: 0 };
  const watched: (readonly string[])[] = [];
  const phases: LogPhase[] = [];
  let warnings: readonly string[] = [];
  let services = 0;
  const running = { close: () => Promise.resolve() };
  const openLog = (): Promise<Result<OpenedLog, LogProblem>> => {
    world.opened += 1;
    if (world.problem !== null) return Promise.resolve(failure(world.problem));
    const close = () => {
      world.closed += 1;
      return log.close();
    };
    return Promise.resolve(ok({ log, schemas, notices: ['opened'], close }));
  };
  const session = new ConsoleSession({
    openLog,
    clock,
    logger: createRecordingLogger(),
    mayCreate,
    watch: (_, topics) => {
      watched.push(topics);
      return running;
    },
    startServices: () => {
      services += 1;
      return Promise.resolve(running);
    },
    onChange: () => {},
    onPhase: (phase) => phases.push(phase),
    onWarnings: (said) => {
      warnings = said;
    },
  });
  return {
    clock,
    log,
    session,
    world,
    watched,
    phases,
    readWarnings: () => warnings,
    readServices: () => services,
  };
}

function noProblem(): LogProblem | null {
  return null;
}

describe('a session', () => {
  it('makes the log inside the console whole, watches it and starts its services', async () => {
    const { session, watched, readServices } = await openSession(true);
    await session.advance();
    expect(watched).toEqual([[...ALARM_TOPICS]]);
    expect(readServices()).toBe(1);
    expect(session.state()).toMatchObject({ missing: [], problem: null, notices: ['opened'] });
    await session.close();
  });

  it('creates nothing without leave, and says what is missing and what to do', async () => {
    const { session, watched, phases, log } = await openSession(false);
    await session.advance();
    expect(watched).toEqual([]);
    expect(session.state().missing).toEqual(TOPIC_SPECS.map(({ topic }) => topic));
    expect(session.state().problem).toMatchObject({ code: 'TopicMissing' });
    expect(phases).toMatchObject([{ phase: 'failed', problem: { code: 'TopicMissing' } }]);
    const described = await log.describeTopics([...ALARM_TOPICS]);
    expect(described.ok && described.value.some(({ exists }) => exists)).toBe(false);
    await session.close();
  });

  it('creates what is missing when the user says so, and watches at once', async () => {
    const { session, watched } = await openSession(false);
    await session.advance();
    await session.createMissing();
    expect(watched).toEqual([[...ALARM_TOPICS]]);
    expect(session.state()).toMatchObject({ missing: [], problem: null });
    await session.close();
  });

  it('watches without the keeper’s topic, warns, and begins anew when it has come', async () => {
    const { session, watched, readWarnings, log, clock } = await openSession(false);
    const three = ALARM_TOPICS.filter((topic) => topic !== 'alarm-occurrences');
    const spec = (topic: string) => ({ topic, partitions: 1, settings: {} });
    await log.createTopics(three.map(spec));
    await session.advance();
    expect(watched).toEqual([three]);
    expect(readWarnings()).toEqual([expect.stringContaining('no keeper')]);
    await log.createTopics([spec('alarm-occurrences')]);
    clock.advanceBy(15_000);
    await session.advance();
    expect(watched).toEqual([three, [...ALARM_TOPICS]]);
    await session.close();
  });

  it('notices a registry that dies while all was well, and that it is back', async () => {
    const store = createEmbeddedSchemaStore();
    let isDown = false;
    const dead: SchemaProblem = { ...brokerDown, code: 'Unreachable', message: 'No registry.' };
    const schemas: SchemaStore = {
      ...store,
      versionsOf: (subject) =>
        isDown ? Promise.resolve(failure(dead)) : store.versionsOf(subject),
    };
    const { session, clock } = await openSession(true, schemas);
    await session.advance();
    expect(session.state().problem).toBeNull();
    isDown = true;
    clock.advanceBy(30_000);
    await session.advance();
    expect(session.state().problem?.message).toBe('No registry.');
    isDown = false;
    clock.advanceBy(15_000);
    await session.advance();
    expect(session.state().problem).toBeNull();
    await session.close();
  });

  it('says why nothing can be reached and tries again with growing pauses', async () => {
    const { session, world, phases, clock } = await openSession(true);
    world.problem = brokerDown;
    await session.advance();
    expect(phases).toEqual([{ phase: 'connecting', attempt: 1, problem: brokerDown }]);
    expect(session.state().problem).toEqual(brokerDown);
    clock.advanceBy(499);
    expect(world.opened).toBe(1);
    clock.advanceBy(1);
    expect(world.opened).toBe(2);
    await session.advance();
    clock.advanceBy(999);
    expect(world.opened).toBe(2);
    world.problem = null;
    clock.advanceBy(1);
    await session.advance();
    expect(session.state().problem).toBeNull();
    await session.close();
    expect(world.closed).toBe(1);
  });

  it('watches while the registry cannot be asked, and says so', async () => {
    const schemas = createEmbeddedSchemaStore();
    const silent: SchemaStore = {
      ...schemas,
      versionsOf: () =>
        Promise.resolve(
          failure({
            code: 'Unreachable',
            message: 'Nothing answers at http://registry:8081.',
            remedy: 'Check SCHEMA_REGISTRY.',
            isRetriable: true,
          }),
        ),
    };
    const { session, watched, readServices } = await openSession(true, silent);
    await session.advance();
    expect(watched).toHaveLength(1);
    expect(readServices()).toBe(0);
    expect(session.state().problem).toMatchObject({ message: expect.stringContaining('registry') });
    await session.close();
  });

  it('leaves no timer behind when it is closed', async () => {
    const { session, world, clock } = await openSession(true);
    world.problem = brokerDown;
    await session.advance();
    await session.close();
    expect(clock.waiting).toBe(0);
  });
});
