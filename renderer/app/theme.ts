import { useEffect } from 'react';
import type { Preferences } from '../../ipc/contract.ts';

/** The themes that the page can wear. */
export type WornTheme = 'grey' | 'dark' | 'highContrast';

/** What is worn for a wish: `system` follows the computer's. */
export function wornTheme(wish: Preferences['theme'], isSystemDark: boolean): WornTheme {
  if (wish !== 'system') return wish;
  return isSystemDark ? 'dark' : 'grey';
}

/** Dresses the page, and again when the computer's own theme changes. */
export function useTheme(wish: Preferences['theme'] | undefined): void {
  useEffect(() => {
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const dress = (): void => {
      document.documentElement.dataset['theme'] = wornTheme(wish ?? 'system', system.matches);
    };
    dress();
    system.addEventListener('change', dress);
    return () => system.removeEventListener('change', dress);
  }, [wish]);
}
