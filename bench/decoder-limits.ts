import { fuzzDecoder } from '../test/support/wire-fuzz.ts';
import type { Bench, BenchReport } from './support/report.ts';

const RECORDS = 1_000_000;
const SEED = 7;
/** No record may cost more than this, in milliseconds, whatever its bytes claim. */
const LONGEST_MS = 5;

/** Broken records through the decoder: what the worst of them costs. */
export const decoderLimits: Bench = {
  name: 'Limits of the decoder',
  run: () => Promise.resolve(measure(RECORDS)),
};

function measure(records: number): BenchReport {
  const startedAt = performance.now();
  const found = fuzzDecoder(records, SEED);
  const perRecordUs = ((performance.now() - startedAt) * 1_000) / records;
  const [thrown] = found.thrown;
  if (thrown !== undefined) throw new Error(`the decoder threw: ${thrown}`);
  if (found.events + found.undecodable !== records) {
    throw new Error(`not every record was counted: ${JSON.stringify(found)}`);
  }
  return {
    name: decoderLimits.name,
    method: `${records.toLocaleString('en')} records of the wire fixtures, mutated (bytes and bits changed, cut off, inserted, doubled, lengths forged, headers broken), through one decoder. Each is an event or counted as undecodable, and none throws, or the bench fails.`,
    figures: [
      {
        what: 'longest decode, timed again (best of three)',
        value: found.slowestAgainMs,
        unit: 'ms',
        bound: { relation: '≤', value: LONGEST_MS },
      },
      { what: 'longest decode, as it came', value: found.slowestMs, unit: 'ms' },
      { what: 'mutating and decoding, mean', value: perRecordUs, unit: 'µs/record' },
      { what: 'growth of the heap', value: found.grownMb, unit: 'MB' },
      { what: 'decoded to an event', value: found.events, unit: 'records' },
      { what: 'undecodable', value: found.undecodable, unit: 'records' },
      { what: 'undecodable, of a known alarm', value: found.named, unit: 'records' },
    ],
    notes: [
      'As it came: pauses of the machine and collections of the heap are in it. Every decode over a millisecond is timed again three times; the best of them is what the bytes themselves cost.',
    ],
  };
}
