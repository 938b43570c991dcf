/** When a window may draw: the only clock of the renderer besides the ticking second. Tests drive it by hand. */
export interface FrameScheduler {
  /** Calls back once before the next frame is drawn (soon, where the window is hidden and draws none). */
  beforePaint(callback: () => void): void;
  /** Calls back once after what is now on the page has been drawn. */
  afterPaint(callback: () => void): void;
  /** Milliseconds of a clock that only moves forward. */
  now(): number;
  /** Calls back once when so many milliseconds have passed. */
  rest(ms: number, callback: () => void): void;
}

/** The browser's frames. A hidden window draws none: it then goes on by timer, so that the feed never waits for it. */
export function createFrameScheduler(view: Window): FrameScheduler {
  function soon(callback: () => void): void {
    view.setTimeout(callback, 0);
  }
  return {
    beforePaint: (callback) => {
      if (view.document.hidden) soon(callback);
      else
        runOnce(callback, (once) => {
          view.requestAnimationFrame(once);
          view.setTimeout(once, 250);
        });
    },
    afterPaint: soon,
    now: () => view.performance.now(),
    rest: (ms, callback) => void view.setTimeout(callback, ms),
  };
}

/** A frame that was asked for never comes when the window is hidden meanwhile: whichever comes first runs it. */
function runOnce(callback: () => void, start: (once: () => void) => void): void {
  let isDone = false;
  start(() => {
    if (isDone) return;
    isDone = true;
    callback();
  });
}
