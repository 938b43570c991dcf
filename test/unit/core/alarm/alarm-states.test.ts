import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlarmState, unknownAlarm } from '../../../../core/alarm/alarm-state.ts';
import { AlarmStates } from '../../../../core/alarm/alarm-states.ts';
import { evolve } from '../../../../core/alarm/evolve.ts';
import { type AlarmName, alarmName } from '../../../../core/lib/alarm-name.ts';
import { registered } from '../../../builders/alarm-events.ts';
import { anyAlarmLog } from '../../../builders/any-alarm-log.ts';

const NEXT = alarmName('channel2');

describe('the states of many alarms', () => {
  it('are given back as they were set, whatever little is known of one', () => {
    fc.assert(
      fc.property(anyAlarmLog, (log) => {
        const states = new AlarmStates();
        const wanted = new Map<AlarmName, AlarmState>();
        for (const event of log) {
          const { name } = event;
          const state = evolve(wanted.get(name) ?? unknownAlarm(name), event);
          wanted.set(name, state);
          states.set(state);
          expect(states.get(name)).toStrictEqual(state);
        }
        expect([...states.all()]).toStrictEqual([...wanted.values()]);
        expect([...states.names()]).toEqual([...wanted.keys()]);
        expect(states.size).toBe(wanted.size);
      }),
      { numRuns: 200 },
    );
  });

  it('of a registration alone hold the same registration', () => {
    const event = registered(0);
    const states = new AlarmStates();
    const state = evolve(unknownAlarm(event.name), event);
    states.set(state);
    expect(states.get(event.name)?.registration).toBe(state.registration);
  });
});

it('one that was set while all are gone through comes too', () => {
  const first = evolve(unknownAlarm(registered(0).name), registered(0));
  const states = new AlarmStates();
  states.set(first);
  const names = states.names();
  names.next();
  const second = evolve(unknownAlarm(NEXT), { ...registered(0), name: NEXT });
  states.set(second);
  expect(names.next().value).toBe(NEXT);
});
