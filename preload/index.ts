import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { EVENTS, type EventName, REQUESTS, type RequestName } from '../ipc/channels.ts';
import type { EventPayload, KlaxonBridge, RequestInput } from '../ipc/contract.ts';

/** One function for each request and event of the contract: no other channel can be reached from the page. */
const requests = new Map(
  REQUESTS.map((name) => [name, (input: unknown) => ipcRenderer.invoke(name, input)]),
);
const events: ReadonlySet<string> = new Set(EVENTS);

const bridge = {
  request: <N extends RequestName>(name: N, input: RequestInput<N>) =>
    requests.get(name)?.(input) ?? Promise.resolve(unknownName(name)),
  subscribe: <N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void) => {
    if (!events.has(name)) return () => undefined;
    const onEvent = (_: IpcRendererEvent, payload: EventPayload<N>) => listener(payload);
    ipcRenderer.on(name, onEvent);
    return () => {
      ipcRenderer.removeListener(name, onEvent);
    };
  },
} satisfies KlaxonBridge;

contextBridge.exposeInMainWorld('klaxon', bridge);

function unknownName(name: string) {
  const message = `The console knows no request named ${String(name)}.`;
  return { ok: false, error: { code: 'BadInput', message } } as const;
}
