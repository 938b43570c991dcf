import { describe, expect, it } from 'vitest';
import type { AlarmEvent } from '../../../../core/alarm/events.ts';
import type { AlarmOrder } from '../../../../core/alarm/orders.ts';
import type { EpochMs } from '../../../../core/lib/units.ts';
import { decideShelfEnd } from '../../../../core/shelving/decide-shelf-end.ts';
import {
  anEvent,
  at,
  byService,
  mark,
  registered,
  shelved,
  unshelved,
} from '../../../builders/alarm-events.ts';
import { stateAfter } from '../../../builders/story.ts';

/** One step of an actor: an operator appends the next record of the script; a service reads and decides, then appends. */
type Step = 'operator' | 'first' | 'second';
type Script = readonly ((offset: number) => AlarmEvent)[];

const LIMIT = registered(0, { maxShelvedSeconds: 1_000 });
/** All that happens, happens at this moment, when the first shelf has just ended. */
const NOW = at(500);
/** What operators may do while the services are at work. */
const SCRIPTS: Readonly<Record<string, Script>> = {
  'shelves anew': [(offset) => shelved(offset, at(900), 'again')],
  'shelves anew and unshelves': [
    (offset) => shelved(offset, at(900), 'again'),
    (offset) => unshelved(offset),
  ],
  'unshelves and shelves anew': [
    (offset) => unshelved(offset),
    (offset) => shelved(offset, at(900), 'again'),
  ],
  'shelves anew twice': [
    (offset) => shelved(offset, at(900), 'again'),
    (offset) => shelved(offset, at(800), 'shorter'),
  ],
  'shelves for ever, which is cut, and unshelves': [
    (offset) => shelved(offset, null, 'for ever'),
    (offset) => unshelved(offset),
  ],
  'shelves for a moment that is over': [(offset) => shelved(offset, at(499), 'over')],
};

/** The log of the shelf's key as the services write to it. */
class ShelfLog {
  readonly records: AlarmEvent[] = [shelved(1, NOW)];
  readonly #pending = new Map<Step, AlarmOrder | null>();

  append(event: (offset: number) => AlarmEvent): void {
    this.records.push(event(this.records.length + 1));
  }

  /** A service's next step; answers whether it has done anything. */
  serve(service: Step, now: EpochMs): boolean {
    const order = this.#pending.get(service);
    if (order === undefined || order === null) {
      const decided = decideShelfEnd(this.state(), now);
      this.#pending.set(service, decided);
      return decided !== null;
    }
    this.#pending.delete(service);
    this.append((offset) => eventOf(order, offset));
    return true;
  }

  state(records: readonly AlarmEvent[] = this.records) {
    return stateAfter([LIMIT, ...records]);
  }

  /** What compaction may leave: of any beginning of the log, the newest record alone. */
  *remains(): Generator<readonly AlarmEvent[]> {
    for (let cleaned = 1; cleaned <= this.records.length; cleaned += 1) {
      yield this.records.slice(cleaned - 1);
    }
  }
}

function eventOf({ fact, replaces }: AlarmOrder, offset: number): AlarmEvent {
  const event = anEvent(fact, mark(offset, 'shelved-alarms', 'service'));
  return replaces === undefined ? event : byService(event, replaces.offset);
}

function* schedules(counts: Readonly<Record<Step, number>>): Generator<readonly Step[]> {
  const steps: readonly Step[] = ['operator', 'first', 'second'];
  if (steps.every((step) => counts[step] === 0)) yield [];
  for (const step of steps) {
    if (counts[step] === 0) continue;
    for (const rest of schedules({ ...counts, [step]: counts[step] - 1 })) yield [step, ...rest];
  }
}

/** Runs a schedule, then lets both services go on until neither has anything to write. */
function run(schedule: readonly Step[], script: Script): ShelfLog {
  const log = new ShelfLog();
  const open = [...script];
  for (const step of schedule) {
    if (step !== 'operator') log.serve(step, NOW);
    else {
      const next = open.shift();
      if (next !== undefined) log.append(next);
    }
  }
  for (let turn = 0; turn < 40; turn += 1) {
    const acted = [log.serve('first', NOW), log.serve('second', NOW)];
    if (!acted.includes(true)) return log;
  }
  throw new Error(`the services never come to rest: ${schedule.join(' ')}`);
}

/** The shelf that counts, as a console shows it. */
function shown(log: ShelfLog, records?: readonly AlarmEvent[]) {
  const { shelf } = log.state(records);
  return shelf === null ? null : { ...shelf.says };
}

/** What must count in the end: the operator's last word, cut to its limit, and nothing of what has ended. */
function expected(script: Script) {
  const last = script.at(-1)?.(2).fact;
  if (last?.fact !== 'shelved') return null;
  const { expiresAt, reason } = last.shelf;
  return expiresAt !== null && expiresAt <= NOW ? null : { expiresAt, reason };
}

describe.each(Object.entries(SCRIPTS))('while an operator %s', (_name, script) => {
  const counts = { operator: script.length, first: 4, second: 4 };

  it('two services, in every order, come to rest with the last word of the operator', () => {
    const wrong: string[] = [];
    for (const schedule of schedules(counts)) {
      const log = run(schedule, script);
      const want = JSON.stringify(expected(script));
      const wholes = JSON.stringify(shown(log));
      const left = [...log.remains()].map((records) => JSON.stringify(shown(log, records)));
      const isRight = wholes === want && left.every((text) => text === want);
      if (!isRight) wrong.push(`${schedule.join(' ')}: ${wholes} and ${left.join(' ')}`);
    }
    expect(wrong).toEqual([]);
  });

  it('none writes more than what the others could not have seen', () => {
    let longest = 0;
    for (const schedule of schedules(counts)) {
      longest = Math.max(longest, run(schedule, script).records.length - script.length - 1);
    }
    expect(longest).toBeLessThanOrEqual(6);
  });
});
