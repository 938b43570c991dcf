import type { FrameScheduler } from '../../renderer/stores/frame-scheduler.ts';

/** Frames that a test draws by hand. */
export class ManualFrames implements FrameScheduler {
  #before: (() => void)[] = [];
  #after: (() => void)[] = [];

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
  }
}
