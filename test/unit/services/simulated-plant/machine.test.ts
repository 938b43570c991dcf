import { describe, expect, it } from 'vitest';
import { describeMachine } from '../../../../services/simulated-plant/machine.ts';
import type { PlantAlarm } from '../../../../services/simulated-plant/plant-alarm.ts';
import {
  PLANT_CATEGORIES,
  PLANT_LOCATIONS,
} from '../../../../services/simulated-plant/plant-alarm.ts';

const machine = describeMachine();

function share(fits: (alarm: PlantAlarm) => boolean): number {
  return machine.filter(fits).length / machine.length;
}

describe('the simulated machine', () => {
  it('has about 250 alarms, each with a name of its own', () => {
    expect(machine.length).toBeGreaterThanOrEqual(240);
    expect(machine.length).toBeLessThanOrEqual(270);
    expect(new Set(machine.map(({ name }) => name)).size).toBe(machine.length);
  });

  it('covers every location and category that it may', () => {
    expect(new Set(machine.map(({ location }) => location))).toEqual(new Set(PLANT_LOCATIONS));
    expect(new Set(machine.map(({ category }) => category))).toEqual(new Set(PLANT_CATEGORIES));
    for (const { location, category, registration } of machine) {
      expect(registration).toMatchObject({ location, category });
    }
  });

  it('mixes EPICS and simple alarms, latching and not, and every kind of limit to shelving', () => {
    expect(share(({ conditions }) => conditions.length === 0)).toBeGreaterThan(0.1);
    expect(share(({ conditions }) => conditions.length > 0)).toBeGreaterThan(0.5);
    expect(share(({ registration }) => registration.isLatching)).toBeGreaterThan(0.2);
    expect(share(({ registration }) => !registration.isLatching)).toBeGreaterThan(0.4);
    const limits = new Set(machine.map(({ registration }) => registration.maxShelvedSeconds));
    expect(limits).toEqual(new Set([0, 3_600, 28_800, null]));
  });

  it('never lets what protects people from oxygen loss, smoke or radiation be shelved', () => {
    const protecting = machine.filter(({ name }) => /ODH|smoke|door|neutron|gamma/.test(name));
    expect(protecting.length).toBeGreaterThan(30);
    expect(new Set(protecting.map(({ registration }) => registration.maxShelvedSeconds))).toEqual(
      new Set([0]),
    );
  });

  it('has names in other scripts, with quotes, bars and slashes', () => {
    const names = machine.map(({ name }) => name).join('\n');
    for (const part of ['γ', 'β', '電磁石', '"', "'", '|', '/']) {
      expect(names).toContain(part);
    }
  });

  it('gives every alarm guidance, a screen, and the source that its kind has', () => {
    for (const { registration, conditions } of machine) {
      expect(registration.documentUrl).toMatch(/^[a-z]+\/[a-z-]+\.html$/);
      expect(registration.screenPath).toMatch(/^[a-z]+\/[a-z]+\/[a-z-]+\.edl$/);
      expect(registration.source.kind).toBe(
        conditions.length === 0 ? 'streamRule' : 'epicsChannel',
      );
    }
  });
});
