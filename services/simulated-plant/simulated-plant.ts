import type { AlarmOrder } from '../../core/alarm/orders.ts';
import type { Identity } from '../../core/audit/audit.ts';
import type { Result } from '../../core/lib/result.ts';
import type { DurationMs, EpochMs } from '../../core/lib/units.ts';
import { durationMs, epochMs } from '../../core/lib/units.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { PlantPicture } from './opening.ts';
import type { PlantSchedule } from './plant-schedule.ts';
import { createPlantSchedule } from './plant-schedule.ts';

/** The audit producer of the simulated plant. */
export const SIMULATED_PLANT_PRODUCER = 'klaxon-simulated-plant';
/** The user in whose name the simulated plant writes. */
export const SIMULATED_PLANT_USER = 'plant';

/** A flood breaks out about every ten minutes, where nothing else is said. */
export const FLOOD_EVERY_MS = durationMs(600_000);

/** After so long without being called the computer slept: the machine goes on where it stopped. */
const SLEPT_MS = 5_000;
const RETRY_MS = durationMs(1_000);

export interface SimulatedPlantOptions {
  /** A whole number; the same one gives the same orders at the same moments. */
  readonly seed: number;
  readonly clock: Clock;
  /** What the log says already; asked once, at the first start. */
  readonly picture: PlantPicture;
  /** Encodes and appends an order. One that fails is tried again a second later, unless a newer one took its place. */
  readonly write: (order: AlarmOrder) => Promise<Result<unknown, { readonly message: string }>>;
  /** Told of each failed writing, with the writer's own words. */
  readonly onWriteFailed: (message: string) => void;
  /** {@link FLOOD_EVERY_MS} where nothing is said; null = only when asked for. */
  readonly floodEveryMs?: DurationMs | null;
}

/** A machine of about 250 alarms that behaves like a real one. It never acknowledges and never shelves. */
export interface SimulatedPlant {
  readonly seed: number;
  /** Starts, or goes on after a stop. */
  start(): void;
  /** Writes nothing more; answers when what was being written has been answered. */
  stop(): Promise<void>;
  /** Lets a flood break out now. Nothing happens while stopped. */
  flood(): void;
}

/** The identity that the plant's records carry; `host` is the computer that it runs on. */
export function plantIdentity(host: string): Identity {
  return { user: SIMULATED_PLANT_USER, producer: SIMULATED_PLANT_PRODUCER, host };
}

/** Makes the plant; nothing happens before `start`. */
export function createSimulatedPlant(options: SimulatedPlantOptions): SimulatedPlant {
  return new ScheduledPlant(options);
}

class ScheduledPlant implements SimulatedPlant {
  readonly #options: SimulatedPlantOptions;
  readonly #schedule: PlantSchedule;
  readonly #writing = new Set<Promise<void>>();
  /** By alarm and fact: the newest order of each that could not be written. */
  readonly #unwritten = new Map<string, AlarmOrder>();
  /** The newest order of each, so that an older one is not written after it. */
  readonly #newest = new Map<string, AlarmOrder>();
  #takeBack: (() => void) | null = null;
  #takeBackRetry: (() => void) | null = null;
  /** The moment at which the schedule's time was 0; absent while stopped. */
  #origin: EpochMs | null = null;
  #elapsedMs = 0;

  constructor(options: SimulatedPlantOptions) {
    this.#options = options;
    this.#schedule = createPlantSchedule({
      seed: options.seed,
      picture: options.picture,
      floodEveryMs: options.floodEveryMs === undefined ? FLOOD_EVERY_MS : options.floodEveryMs,
    });
  }

  get seed(): number {
    return this.#options.seed;
  }

  start(): void {
    if (this.#origin === null) {
      this.#origin = epochMs(this.#options.clock.now() - this.#elapsedMs);
      this.#await();
      this.#retryLater();
    }
  }

  async stop(): Promise<void> {
    this.#elapsedMs = this.#elapsed();
    this.#origin = null;
    this.#takeBack?.();
    this.#takeBack = null;
    this.#takeBackRetry?.();
    this.#takeBackRetry = null;
    await Promise.all(this.#writing);
  }

  flood(): void {
    if (this.#origin !== null) {
      this.#schedule.flood(this.#elapsed());
      this.#takeBack?.();
      this.#await();
    }
  }

  #elapsed(): number {
    return this.#origin === null ? this.#elapsedMs : this.#options.clock.now() - this.#origin;
  }

  #await(): void {
    if (this.#origin !== null) {
      const at = epochMs(Math.ceil(this.#origin + this.#schedule.nextAtMs));
      this.#takeBack = this.#options.clock.callAt(at, () => this.#step());
    }
  }

  #step(): void {
    const lateMs = this.#elapsed() - this.#schedule.nextAtMs;
    if (this.#origin !== null && lateMs > SLEPT_MS) {
      this.#origin = epochMs(this.#origin + lateMs);
    }
    for (const order of this.#schedule.takeDue(this.#elapsed())) {
      this.#write(order);
    }
    this.#await();
  }

  #write(order: AlarmOrder): void {
    const place = placeOf(order);
    this.#newest.set(place, order);
    this.#unwritten.delete(place);
    const writing = this.#options.write(order).then((written) => {
      this.#writing.delete(writing);
      if (!written.ok) {
        this.#options.onWriteFailed(written.error.message);
        this.#keepForRetry(place, order);
      }
    });
    this.#writing.add(writing);
  }

  #keepForRetry(place: string, order: AlarmOrder): void {
    if (this.#newest.get(place) === order) {
      this.#unwritten.set(place, order);
      this.#retryLater();
    }
  }

  #retryLater(): void {
    if (this.#origin === null || this.#takeBackRetry !== null || this.#unwritten.size === 0) {
      return;
    }
    const { clock } = this.#options;
    this.#takeBackRetry = clock.callAt(epochMs(clock.now() + RETRY_MS), () => {
      this.#takeBackRetry = null;
      for (const order of [...this.#unwritten.values()]) {
        this.#write(order);
      }
    });
  }
}

function placeOf(order: AlarmOrder): string {
  return `${order.fact.fact} ${order.name}`;
}
