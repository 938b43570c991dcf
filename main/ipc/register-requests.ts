import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { REQUESTS, type RequestName } from '../../ipc/channels.ts';
import { answerRequest, type RequestDesk } from './answer-request.ts';
import type { MessageSender } from './trusted-sender.ts';

/** Listens to every request of the contract, so that none can stay without an answer. */
export function registerRequests(ipcMain: Pick<IpcMain, 'handle'>, desk: RequestDesk): void {
  for (const name of REQUESTS) registerRequest(ipcMain, desk, name);
}

function registerRequest(
  ipcMain: Pick<IpcMain, 'handle'>,
  desk: RequestDesk,
  name: RequestName,
): void {
  ipcMain.handle(name, (event, raw: unknown) => answerRequest(desk, name, senderOf(event), raw));
}

/** A frame that has navigated away or died is not the main frame of anything. */
function senderOf(event: IpcMainInvokeEvent): MessageSender {
  const frame = event.senderFrame;
  return {
    windowId: event.sender.id,
    isMainFrame: frame !== null && frame === event.sender.mainFrame,
    url: frame?.url ?? '',
  };
}
