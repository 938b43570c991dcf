import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { BrokerAddress, TlsSettings } from './kafka-settings.ts';
import { faultOfFirstByte, SocketFaultError } from './socket-problem.ts';

const KEEP_ALIVE_MS = 30_000;

/** Told when the connection is over, with what ended it; the first telling counts. */
export type OnLost = (error: Error) => void;

/**
 * Opens one connection to a broker's address, with TLS where set. It watches what kafkajs does not: a server that is no
 * broker is recognised by its first byte, and an end before the connection stood is an error, not silence.
 */
export function openSocket(
  address: BrokerAddress,
  tls: TlsSettings | undefined,
  onConnect: () => void,
  onLost: OnLost,
): Socket {
  let isConnected = false;
  const connected = (): void => {
    isConnected = true;
    onConnect();
  };
  const socket =
    tls === undefined
      ? connectPlain(address, connected)
      : connectTls({ ...address, ...serverName(address), ...tls }, connected);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  socket.once('data', (first: Buffer) => {
    const fault = faultOfFirstByte(first[0] ?? 0);
    if (fault !== null) socket.destroy(new SocketFaultError(fault));
  });
  const ended = (): void => onLost(new SocketFaultError(isConnected ? 'Closed' : 'ClosedEarly'));
  socket.once('error', onLost);
  socket.once('end', ended);
  socket.once('close', ended);
  return socket;
}

/** A name is sent for a host's name only; TLS forbids it for addresses. */
function serverName({ host }: BrokerAddress): { servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {};
}
