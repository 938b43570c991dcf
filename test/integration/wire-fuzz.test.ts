import { describe, expect, it } from 'vitest';
import { fuzzDecoder } from '../support/wire-fuzz.ts';

describe('a million mutated records', () => {
  it('are each counted, without a throw and within bounded memory', () => {
    const report = fuzzDecoder(1_000_000, 7);
    process.stdout.write(
      `fuzz: ${report.events} events, ${report.undecodable} undecodable (${report.named} of a known alarm), slowest ${report.slowestMs.toFixed(2)} ms (again ${report.slowestAgainMs.toFixed(2)} ms), heap ${report.grownMb.toFixed(0)} MB more\n`,
    );
    expect(report.thrown).toEqual([]);
    expect(report.events + report.undecodable).toBe(report.records);
    expect(report.grownMb).toBeLessThan(300);
  }, 300_000);
});
