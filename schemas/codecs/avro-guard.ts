import { assertNever } from '../../core/lib/invariant.ts';
import type { AvroRecord, AvroSchema, AvroUnion } from './avro-schema.ts';
import { readVarint, refuse, type Scan } from './avro-varint.ts';
import { isUtf8 } from './utf-8.ts';

/** Answers why a range of bytes is not one record of the schema, or null where it is: then avsc may read it. */
export type AvroGuard = (bytes: Uint8Array, start: number, end: number) => string | null;

/** Types that a scan visits in one record, at most: what a record's shape may cost, whatever its bytes say. */
export const MAX_STEPS = 20_000;
/** How deep records, arrays and maps may lie in one another. */
export const MAX_DEPTH = 32;
/** Items that take no byte of their own (nulls, empty records), in one record. */
export const MAX_EMPTY_ITEMS = 256;

/**
 * Compiles the check that runs before avsc. avsc takes memory by what a count claims: six forged bytes end the process.
 * The guard takes none: it walks the bytes by the writer's schema and refuses unknown branches and symbols,
 * lengths and counts that the remaining bytes cannot hold, overlong numbers, text that is not UTF-8,
 * nesting and sizes beyond the limits above, and bytes that are left over.
 */
export function compileAvroGuard(schema: AvroSchema): AvroGuard {
  const step = compileStep(schema, new Map());
  const scan: Scan = {
    bytes: new Uint8Array(0),
    end: 0,
    value: 0,
    steps: 0,
    depth: 0,
    emptyItems: 0,
    reason: '',
  };
  return (bytes, start, end) => {
    scan.bytes = bytes;
    scan.end = end;
    scan.steps = 0;
    scan.depth = 0;
    scan.emptyItems = 0;
    const at = step(scan, start);
    if (at < 0) {
      return scan.reason;
    }
    return at === end ? null : `${end - at} bytes are left over after the record`;
  };
}

type Step = (scan: Scan, start: number) => number;
type Compiled = Map<AvroSchema, Step>;

function compileStep(schema: AvroSchema, compiled: Compiled): Step {
  switch (schema.kind) {
    case 'null':
      return (_scan, start) => start;
    case 'boolean':
      return skipBoolean;
    case 'int':
      return (scan, start) => readVarint(scan, start, 5);
    case 'long':
      return (scan, start) => readVarint(scan, start, 10);
    case 'float':
      return skipBytes(4);
    case 'double':
      return skipBytes(8);
    case 'fixed':
      return skipBytes(schema.size);
    case 'bytes':
      return skipLengthAndBytes;
    case 'string':
      return skipString;
    case 'enum':
      return skipEnum(schema.symbols.length);
    case 'union':
      return skipUnion(schema, compiled);
    case 'record':
      return compiled.get(schema) ?? skipRecord(schema, compiled);
    case 'array':
      return skipBlocks(compileStep(schema.items, compiled), minimalSize(schema.items, new Map()));
    case 'map':
      return skipBlocks(skipEntry(compileStep(schema.values, compiled)), 1);
    default:
      return assertNever(schema);
  }
}

function skipBoolean(scan: Scan, start: number): number {
  if (start >= scan.end) {
    return refuse(scan, 'the bytes end before a boolean');
  }
  return (scan.bytes[start] ?? 0) > 1 ? refuse(scan, 'a boolean is neither 0 nor 1') : start + 1;
}

function skipBytes(size: number): Step {
  return (scan, start) =>
    size > scan.end - start ? refuse(scan, 'the bytes end within a value') : start + size;
}

function skipLengthAndBytes(scan: Scan, start: number): number {
  const at = readVarint(scan, start, 10);
  if (at < 0) {
    return at;
  }
  const length = scan.value;
  return length < 0 || length > scan.end - at
    ? refuse(scan, `a length claims ${length} bytes where ${scan.end - at} are left`)
    : at + length;
}

function skipString(scan: Scan, start: number): number {
  const end = skipLengthAndBytes(scan, start);
  if (end < 0) {
    return end;
  }
  // The text's own start: its length stands before it, and `value` still holds that.
  return isUtf8(scan.bytes, end - scan.value, end) ? end : refuse(scan, 'a text is not UTF-8');
}

function skipEnum(symbols: number): Step {
  return (scan, start) => {
    const at = readVarint(scan, start, 5);
    return at >= 0 && (scan.value < 0 || scan.value >= symbols)
      ? refuse(scan, `symbol ${scan.value} of an enumeration of ${symbols}`)
      : at;
  };
}

function skipUnion(schema: AvroUnion, compiled: Compiled): Step {
  const branches = schema.branches.map((branch) => compileStep(branch, compiled));
  return (scan, start) => {
    const at = readVarint(scan, start, 10);
    if (at < 0) {
      return at;
    }
    const branch = branches[scan.value];
    return branch === undefined
      ? refuse(scan, `branch ${scan.value} of a union of ${branches.length}`)
      : branch(scan, at);
  };
}

function skipRecord(schema: AvroRecord, compiled: Compiled): Step {
  const fields: Step[] = [];
  const step: Step = (scan, start) => {
    scan.steps += fields.length + 1;
    if (scan.steps > MAX_STEPS) {
      return refuse(scan, `the record holds more than ${MAX_STEPS} values`);
    }
    scan.depth += 1;
    if (scan.depth > MAX_DEPTH) {
      return refuse(scan, `the record is nested deeper than ${MAX_DEPTH}`);
    }
    let at = start;
    for (const field of fields) {
      at = field(scan, at);
      if (at < 0) {
        return at;
      }
    }
    scan.depth -= 1;
    return at;
  };
  compiled.set(schema, step);
  for (const field of schema.fields) {
    fields.push(compileStep(field.type, compiled));
  }
  return step;
}

function skipEntry(value: Step): Step {
  return (scan, start) => {
    const at = skipString(scan, start);
    return at < 0 ? at : value(scan, at);
  };
}

/** An array or a map: blocks of counted items, ended by an empty block. */
function skipBlocks(item: Step, itemSize: number): Step {
  return (scan, start) => {
    scan.depth += 1;
    if (scan.depth > MAX_DEPTH) {
      return refuse(scan, `the record is nested deeper than ${MAX_DEPTH}`);
    }
    let at = start;
    let count = 1;
    while (count !== 0) {
      at = readVarint(scan, at, 10);
      if (at < 0) {
        return at;
      }
      count = scan.value;
      at = count === 0 ? at : skipBlock(scan, at, item, itemSize);
      if (at < 0) {
        return at;
      }
    }
    scan.depth -= 1;
    return at;
  };
}

/** One block; a negative count is followed by the block's length in bytes, which has to be true. */
function skipBlock(scan: Scan, start: number, item: Step, itemSize: number): number {
  const count = Math.abs(scan.value);
  let at = start;
  let end = -1;
  if (scan.value < 0) {
    at = skipLengthAndBytes(scan, start);
    if (at < 0) {
      return at;
    }
    end = at;
    at -= scan.value;
  }
  const problem = problemOfCount(scan, count, itemSize, scan.end - at);
  if (problem !== null) {
    return refuse(scan, problem);
  }
  for (let done = 0; done < count; done += 1) {
    at = item(scan, at);
    if (at < 0) {
      return at;
    }
  }
  return end >= 0 && at !== end ? refuse(scan, 'a block is not as long as it claims') : at;
}

function problemOfCount(scan: Scan, count: number, size: number, rest: number): string | null {
  if (count * Math.max(size, 0) > rest) {
    return `a block claims ${count} items where ${rest} bytes are left`;
  }
  scan.steps += count;
  scan.emptyItems += size === 0 ? count : 0;
  return scan.steps > MAX_STEPS || scan.emptyItems > MAX_EMPTY_ITEMS
    ? `a block claims ${count} items, more than an alarm's record may hold`
    : null;
}

/** The fewest bytes that a value of the schema takes; a cycle counts as nothing, which is never too much. */
function minimalSize(schema: AvroSchema, sizes: Map<AvroSchema, number>): number {
  switch (schema.kind) {
    case 'null':
      return 0;
    case 'float':
      return 4;
    case 'double':
      return 8;
    case 'fixed':
      return schema.size;
    case 'union':
      return 1 + Math.min(...schema.branches.map((branch) => minimalSize(branch, sizes)));
    case 'record':
      return minimalRecordSize(schema, sizes);
    case 'boolean':
    case 'int':
    case 'long':
    case 'bytes':
    case 'string':
    case 'enum':
    case 'array':
    case 'map':
      return 1;
    default:
      return assertNever(schema);
  }
}

function minimalRecordSize(schema: AvroRecord, sizes: Map<AvroSchema, number>): number {
  const known = sizes.get(schema);
  if (known !== undefined) {
    return known;
  }
  sizes.set(schema, 0);
  const size = schema.fields.reduce((sum, field) => sum + minimalSize(field.type, sizes), 0);
  sizes.set(schema, size);
  return size;
}
