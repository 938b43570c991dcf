import type { KlaxonBridge } from '../../ipc/contract.ts';

declare global {
  interface Window {
    /** Put there by the preload script before the page runs. */
    readonly klaxon: KlaxonBridge;
  }
}

/** The bridge to main: the only thing of the outside that the renderer can touch. */
export function klaxonBridge(): KlaxonBridge {
  return window.klaxon;
}
