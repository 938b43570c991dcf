import { createRoot } from 'react-dom/client';
import type { Preferences } from '../../../ipc/contract.ts';
import { App } from '../../../renderer/app/app.tsx';
import { createFrameScheduler } from '../../../renderer/stores/frame-scheduler.ts';
import { createStores } from '../../../renderer/stores/stores.tsx';
import { FakeBridge } from '../../fakes/fake-bridge.ts';
import { playScene } from './scenes.ts';

const asked = new URLSearchParams(window.location.search);
const THEMES: readonly Preferences['theme'][] = ['system', 'grey', 'dark', 'highContrast'];
const theme = THEMES.find((one) => one === asked.get('theme')) ?? 'dark';
const bridge = new FakeBridge({
  'preferences:readPreferences': () => ({ ok: true, value: { theme, documentBase: '' } }),
});
const stores = createStores(bridge, createFrameScheduler(window), () => Date.now());
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App stores={stores} />);
stores.start();
playScene(asked.get('scene') ?? 'busy', bridge, stores);
