import { useEffect } from 'react';

/** Half of the blink of what is unacknowledged, in milliseconds: slow enough for nobody's eyes to mind (below 3 Hz). */
const HALF_BLINK_MS = 800;

/**
 * All shapes blink together: one attribute of the page is switched, where an animation of each shape would cost a layer
 * of the compositor for each of them. It rests where the system asks for little motion.
 */
export function useBlink(): void {
  useEffect(() => {
    const still = window.matchMedia('(prefers-reduced-motion: reduce)');
    const page = document.documentElement;
    const timer = setInterval(() => {
      if (still.matches || page.dataset['blink'] === 'dim') delete page.dataset['blink'];
      else page.dataset['blink'] = 'dim';
    }, HALF_BLINK_MS);
    return () => clearInterval(timer);
  }, []);
}
