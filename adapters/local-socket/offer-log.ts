import { chmod, lstat, realpath, unlink } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { failure, ok, type Result } from '../../core/lib/result.ts';
import type { LogProblem } from '../../core/ports/alarm-log.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { describeCause } from '../embedded/log-problems.ts';
import { frameOf } from './frame.ts';
import type { OfferedParts } from './request-answer.ts';
import { ServedClient } from './served-client.ts';
import type { ServerMessage } from './server-messages.ts';
import {
  claimFolder,
  isCode,
  placesOf,
  type SocketPlace,
  type Surroundings,
  surroundingsOfProcess,
} from './socket-place.ts';
import { cannotOffer, tooManyClients } from './socket-problems.ts';

export interface OfferOptions extends OfferedParts {
  readonly clock: Clock;
  /** Told why a client was cut off; for the program's log, not for the operator. */
  readonly onMisbehaved?: (reason: string) => void;
  /** Where sockets may lie; the process' own where nothing is said. */
  readonly around?: Surroundings;
}

/** A log that others of the same user can reach. */
export interface OfferedLog {
  /** Where the socket lies. */
  readonly path: string;
  /** Ends all clients and their readings, and takes the socket away; the log itself stays open. */
  close(): Promise<void>;
}

const MOST_CLIENTS = 16;
const OWNER_ONLY = 0o600;

/**
 * Offers the log that this process holds in `logFolder` to other programs of the same user, through a socket that only
 * this user can open (Windows: a named pipe).
 *
 * The socket of a process that died is replaced, one that is answered never. Fails with `Unexpected` where no place
 * will do: whoever offers goes on without it.
 */
export async function offerLog(
  logFolder: string,
  options: OfferOptions,
): Promise<Result<OfferedLog, LogProblem>> {
  const around = options.around ?? surroundingsOfProcess();
  const clients = new Set<ServedClient>();
  const server = createServer((socket) => {
    if (clients.size >= MOST_CLIENTS) {
      turnAway(socket);
      return;
    }
    const client = new ServedClient(socket, { onMisbehaved: () => undefined, ...options });
    clients.add(client);
    void client.ended.then(() => clients.delete(client));
  });
  const reasons: string[] = [];
  for (const place of placesOf(await realpath(logFolder), around)) {
    try {
      await claimFolder(place, around.uid);
      await listenAt(server, place, around.uid);
      return ok({ path: place.path, close: () => closeAll(server, clients) });
    } catch (cause) {
      reasons.push(describeCause(cause));
    }
  }
  return failure(cannotOffer(logFolder, reasons.join('; ')));
}

/** Says why, so that a person does not take the console for dead. */
function turnAway(socket: Socket): void {
  const refusal: ServerMessage = { say: 'refused', problem: tooManyClients(MOST_CLIENTS) };
  socket.on('error', () => undefined);
  socket.end(frameOf(refusal), () => socket.destroy());
}

async function closeAll(server: Server, clients: ReadonlySet<ServedClient>): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  await Promise.all([...clients].map((client) => client.close()));
  await closed;
}

async function listenAt(
  server: Server,
  place: SocketPlace,
  uid: number | undefined,
): Promise<void> {
  try {
    await listen(server, place.path);
  } catch (cause) {
    if (place.folder === null || !isCode(cause, 'EADDRINUSE')) throw cause;
    await removeDead(place.path, uid);
    await listen(server, place.path);
  }
  if (place.folder !== null) await chmod(place.path, OWNER_ONLY);
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (cause: Error) => reject(cause);
    server.once('error', refuse);
    server.listen(path, () => {
      server.off('error', refuse);
      // A connection that cannot be accepted (too many files open) is that client's trouble, not the console's.
      server.on('error', () => undefined);
      resolve();
    });
  });
}

/** Takes away a socket that nobody listens at. The lock of the log keeps two programs from doing this at once. */
async function removeDead(path: string, uid: number | undefined): Promise<void> {
  const found = await lstat(path);
  if (!found.isSocket() || found.uid !== uid) throw new Error(`${path} is not a socket of ours`);
  if (await isAnswered(path)) throw new Error(`another program offers a log at ${path}`);
  await unlink(path);
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    // Only a refusal says that nobody listens; a listener that is busy answers otherwise.
    socket.once('error', (cause) => resolve(!isCode(cause, 'ECONNREFUSED')));
  });
}
