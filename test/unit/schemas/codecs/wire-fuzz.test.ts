import { describe, expect, it } from 'vitest';
import { fuzzDecoder } from '../../../support/wire-fuzz.ts';

describe('mutated records', () => {
  it('are each an event or undecodable, never a throw, and none is lost from the count', () => {
    const report = fuzzDecoder(60_000, 20_260_101);
    expect(report.thrown).toEqual([]);
    expect(report.events + report.undecodable).toBe(report.records);
    expect(report.undecodable).toBeGreaterThan(report.records / 10);
    expect(report.named).toBeGreaterThan(0);
  }, 30_000);
});
