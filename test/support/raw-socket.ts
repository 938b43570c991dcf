import { connect, type Socket } from 'node:net';
import { PROTOCOL } from '../../adapters/local-socket/client-messages.ts';
import { frameOf } from '../../adapters/local-socket/frame.ts';

/** A connection to the socket that says by hand what it says. */
export interface RawSocket {
  readonly socket: Socket;
  send(message: object): void;
  /** Settles when the other side has ended it, however. */
  readonly ended: Promise<void>;
}

/** Connects, and says its version; reads nothing of what is answered unless told to. */
export async function openRawSocket(path: string): Promise<RawSocket> {
  const socket = connect(path);
  socket.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
  const send = (message: object): void => void socket.write(frameOf(message));
  send({ say: 'hello', protocol: PROTOCOL });
  return { socket, send, ended };
}
