import type { FrameScheduler } from '../../renderer/stores/frame-scheduler.ts';

/** Frames that a test draws by hand. */
export class ManualFrames implements FrameScheduler {
  #before: (() => void)[] = [];
  #after: (() => void)[] = [];
  #resting: { readonly untilMs: number; readonly callback: () => void }[] = [];
  /** How long each frame takes that is drawn from now on. */
  frameMs = 16;
  #nowMs = 0;

  now(): number {
    return this.#nowMs;
  }

  rest(ms: number, callback: () => void): void {
    this.#resting.push({ untilMs: this.#nowMs + ms, callback });
    this.#endRests();
  }

  beforePaint(callback: () => void): void {
    this.#before.push(callback);
  }

  afterPaint(callback: () => void): void {
    this.#after.push(callback);
  }

  /** Draws one frame: what was asked for before it, then after it. */
  draw(): void {
    const before = this.#before;
    this.#before = [];
    for (const callback of before) callback();
    const after = this.#after;
    this.#after = [];
    for (const callback of after) callback();
    this.#nowMs += this.frameMs;
    this.#endRests();
  }

  #endRests(): void {
    const due = this.#resting.filter(({ untilMs }) => untilMs <= this.#nowMs);
    this.#resting = this.#resting.filter(({ untilMs }) => untilMs > this.#nowMs);
    for (const { callback } of due) callback();
  }
}
