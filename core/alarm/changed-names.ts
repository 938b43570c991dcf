import type { AlarmName } from '../lib/alarm-name.ts';

/** The names of alarms that have changed and have not been taken, in the order in which they changed. */
export interface ChangedNames {
  readonly count: number;
  add(name: AlarmName): void;
  /** At most so many, which are then no longer in it. */
  take(limit: number): readonly AlarmName[];
}

/** Until the first are taken every alarm has changed, and nothing is noted: a replay changes each of them, many times over. */
export function createChangedNames(alarms: ReadonlyMap<AlarmName, unknown>): ChangedNames {
  return new NotedNames(alarms);
}

class NotedNames implements ChangedNames {
  readonly #alarms: ReadonlyMap<AlarmName, unknown>;
  readonly #noted = new Set<AlarmName>();
  /** Those that have never been taken; null before the first are. */
  #untaken: readonly AlarmName[] | null = null;
  #at = 0;

  constructor(alarms: ReadonlyMap<AlarmName, unknown>) {
    this.#alarms = alarms;
  }

  get count(): number {
    if (this.#untaken === null) return this.#alarms.size;
    return this.#untaken.length - this.#at + this.#noted.size;
  }

  add(name: AlarmName): void {
    if (this.#untaken !== null) this.#noted.add(name);
  }

  take(limit: number): readonly AlarmName[] {
    const names = this.#takeUntaken(limit);
    for (const name of names) this.#noted.delete(name);
    for (const name of this.#noted) {
      if (names.length >= limit) break;
      this.#noted.delete(name);
      names.push(name);
    }
    return names;
  }

  #takeUntaken(limit: number): AlarmName[] {
    this.#untaken ??= [...this.#alarms.keys()];
    const names = this.#untaken.slice(this.#at, this.#at + limit);
    this.#at += names.length;
    if (this.#at === this.#untaken.length) {
      this.#untaken = [];
      this.#at = 0;
    }
    return names;
  }
}
