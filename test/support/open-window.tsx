import { act, render } from '@testing-library/react';
import { App } from '../../renderer/app/app.tsx';
import { createStores, type Stores } from '../../renderer/stores/stores.tsx';
import { FakeBridge } from '../fakes/fake-bridge.ts';
import { ManualFrames } from '../fakes/manual-frames.ts';

/** A window over the fake bridge, whose frames a test draws by hand. */
export interface OpenedWindow {
  readonly bridge: FakeBridge;
  readonly stores: Stores;
  /** Runs what is given, draws a frame, and lets every answer arrive. */
  step(run?: () => void): Promise<void>;
}

/** 2026-11-22T12:05:00 local time: what the window's clock shows. */
export const NOW_AT = new Date(2026, 10, 22, 12, 5).getTime();

/** Opens the window. Test documents know no media queries: all of them answer no. */
export async function openWindow(bridge = new FakeBridge()): Promise<OpenedWindow> {
  window.matchMedia = (media) => noMedia(media);
  const frames = new ManualFrames();
  const stores = createStores(bridge, frames, () => NOW_AT);
  render(<App stores={stores} />);
  const step = (run: () => void = () => undefined): Promise<void> =>
    act(async () => {
      run();
      frames.draw();
      for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
      frames.draw();
    });
  await step(() => {
    stores.feed.start();
    stores.session.start();
    stores.commands.start();
  });
  return { bridge, stores, step };
}

function noMedia(media: string): MediaQueryList {
  return Object.assign(new EventTarget(), {
    media,
    matches: false,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });
}
