import { createRoot } from 'react-dom/client';
import { createFrameScheduler } from '../stores/frame-scheduler.ts';
import { createStores } from '../stores/stores.tsx';
import { App } from './app.tsx';
import { klaxonBridge } from './bridge.ts';

const root = document.getElementById('root');
if (root !== null) {
  const stores = createStores(klaxonBridge(), createFrameScheduler(window), () => Date.now());
  stores.start();
  createRoot(root).render(<App stores={stores} />);
}
